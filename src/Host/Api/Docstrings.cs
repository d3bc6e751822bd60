using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SoGoc.Kernel.Web;

namespace SoGoc.Host.Api;

/// <summary>The docstrings of the code, from the files that the compiler writes beside the assemblies: what is said there describes the API too.</summary>
internal sealed partial class Docstrings
{
    private readonly Dictionary<string, XElement> members = [];

    public Docstrings()
    {
        foreach (var assembly in Platform.Modules.Select(m => m.GetType().Assembly).Prepend(typeof(Faults).Assembly))
        {
            var file = Path.ChangeExtension(assembly.Location, ".xml");
            foreach (var member in File.Exists(file) ? XElement.Load(file).Descendants("member") : [])
            {
                members[(string)member.Attribute("name")!] = member;
            }
        }
    }

    public string? Of(Type type) => Text(members.GetValueOrDefault("T:" + Name(type))?.Element("summary"));

    /// <summary>Of a member of a type: its own docstring, or what the record says of the parameter.</summary>
    public string? Of(Type type, MemberInfo member)
    {
        var own = members.GetValueOrDefault((member is PropertyInfo ? "P:" : "F:") + Name(type) + "." + member.Name)?.Element("summary");
        return Text(own ?? members.GetValueOrDefault("T:" + Name(type))?.Elements("param").FirstOrDefault(p => (string?)p.Attribute("name") == member.Name));
    }

    private static string Name(Type type) => type.FullName!.Replace('+', '.');

    private static string? Text(XElement? docstring) => docstring is null ? null
        : Space().Replace(string.Concat(docstring.DescendantNodes().Select(n => n is XText text ? text.Value : ((XElement)n).Attribute("cref")?.Value.Split('.')[^1])), " ").Trim();

    [GeneratedRegex("\\s+")]
    private static partial Regex Space();
}
