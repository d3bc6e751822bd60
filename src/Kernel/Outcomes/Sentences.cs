using System.Globalization;
using System.Reflection;

namespace SoGoc.Kernel.Outcomes;

/// <summary>All sentences the program says, by code, in Vietnamese and English. Each module brings its own <c>Sentences.txt</c>
/// (embedded): lines <c>code = Vietnamese || English</c>, with <c>{0}</c>, <c>{1}</c> for data; <c>#</c> begins a comment.</summary>
public sealed class Sentences
{
    private readonly Dictionary<string, (string Vi, string En)> all = new(StringComparer.Ordinal);

    public Sentences(IEnumerable<Assembly> modules)
    {
        foreach (var module in modules)
        {
            foreach (var name in module.GetManifestResourceNames().Where(n => n.EndsWith("Sentences.txt", StringComparison.Ordinal)))
            {
                using var reader = new StreamReader(module.GetManifestResourceStream(name)!);
                Add(reader.ReadToEnd(), name);
            }
        }
    }

    public IReadOnlyDictionary<string, (string Vi, string En)> All => all;

    /// <summary>The sentence for a code in the language of the request; the code itself if there is none (a test sees to it that there is).</summary>
    public string this[string code, params string[] data] => Say(code, CultureInfo.CurrentUICulture, data);

    public string Say(string code, CultureInfo language, params string[] data)
    {
        if (!all.TryGetValue(code, out var pair))
        {
            return code;
        }

        var sentence = language.TwoLetterISOLanguageName == "en" ? pair.En : pair.Vi;
        for (var i = 0; i < data.Length; i++)
        {
            sentence = sentence.Replace("{" + i.ToString(CultureInfo.InvariantCulture) + "}", data[i], StringComparison.Ordinal);
        }

        return sentence;
    }

    public string Say(Problem problem) => this[problem.Code, problem.Data];

    private void Add(string text, string source)
    {
        foreach (var line in text.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#'))
        {
            var equals = line.IndexOf(" = ", StringComparison.Ordinal);
            var bars = line.IndexOf(" || ", StringComparison.Ordinal);
            if (equals < 0 || bars < equals)
            {
                throw new FormatException($"{source}: not a sentence: {line}");
            }

            var code = line[..equals].Trim();
            if (!all.TryAdd(code, (line[(equals + 3)..bars].Trim(), line[(bars + 4)..].Trim())))
            {
                throw new FormatException($"{source}: the code {code} is there twice");
            }
        }
    }
}
