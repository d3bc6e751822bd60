using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Modules;
using Platform = SoGoc.Host.Platform;

namespace SoGoc.Architecture.Tests;

/// <summary>What a module shows: its contract, its table of contents, its kinds of entries, and what these speak of.</summary>
public sealed class ContractTests
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static TheoryData<string> Modules => [.. Platform.Modules.Select(m => m.Name)];

    [Theory]
    [MemberData(nameof(Modules))]
    public void A_module_shows_nothing_but_its_contract(string name)
    {
        var module = Platform.Modules.Single(m => m.Name == name);
        var assembly = module.GetType().Assembly;
        var shown = new HashSet<Type>();
        var declared = Declared(module).Select(t => assembly.GetType(t) ?? throw new InvalidOperationException($"{t} is declared and not in {assembly}."));
        // Entries are the module's public events: others write them through its contract, and react to them.
        foreach (var type in declared.Concat(assembly.GetExportedTypes().Where(typeof(IEntry).IsAssignableFrom)))
        {
            Show(type, shown);
        }

        Wall.Stands($"{name}: public, but neither in Contract.cs or the module's file nor spoken of there, nor an entry of the journal. Make it internal, or move it.",
            assembly.GetExportedTypes().Where(t => !shown.Contains(t)).Select(t => $"{t.FullName} in {House.Where(" " + t.Name.Split('`')[0], Folder(module))}"));
    }

    private static string Folder(IModule module) => $"src/Modules/{module.GetType().Assembly.GetName().Name!.Split('.')[1]}/";

    /// <summary>Public types of Contract.cs and &lt;Name&gt;Module.cs, as reflection names them.</summary>
    private static IEnumerable<string> Declared(IModule module)
    {
        var files = House.Code.Where(f => f.Path == Folder(module) + "Contract.cs" || f.Path == Folder(module) + "ContractForHost.cs" || f.Path == Folder(module) + "ContractForCounter.cs" || f.Path == Folder(module) + module.GetType().Name + ".cs").ToList();
        Assert.InRange(files.Count, 2, 4);
        return files.SelectMany(f => f.Syntax.DescendantNodes().OfType<MemberDeclarationSyntax>())
            .Where(t => (t is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax) && t.Parent is BaseNamespaceDeclarationSyntax && t.Modifiers.Any(SyntaxKind.PublicKeyword))
            .Select(t => ((BaseNamespaceDeclarationSyntax)t.Parent!).Name + "." + t switch
            {
                TypeDeclarationSyntax d => d.Identifier.Text + (d.Arity > 0 ? $"`{d.Arity}" : ""),
                BaseTypeDeclarationSyntax d => d.Identifier.Text,
                DelegateDeclarationSyntax d => d.Identifier.Text + (d.Arity > 0 ? $"`{d.Arity}" : ""),
                _ => "",
            });
    }

    /// <summary>The type, and every type of its assembly that a caller meets in its public face.</summary>
    private static void Show(Type? type, HashSet<Type> shown)
    {
        if (type is null || type.IsGenericParameter)
        {
            return;
        }

        if (type.HasElementType)
        {
            Show(type.GetElementType(), shown);
            return;
        }

        foreach (var argument in type.GetGenericArguments())
        {
            Show(argument, shown);
        }

        type = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        if (type.Assembly.GetName().Name?.StartsWith("SoGoc.", StringComparison.Ordinal) != true || !type.IsVisible || !shown.Add(type))
        {
            return;
        }

        foreach (var met in Face(type))
        {
            Show(met, shown);
        }
    }

    private static IEnumerable<Type?> Face(Type type) =>
        type.GetInterfaces().Append(type.BaseType).Append(type.DeclaringType)
            .Concat(type.GetGenericArguments().SelectMany(a => a.GetGenericParameterConstraints()))
            .Concat(type.GetMembers(Everything).SelectMany(m => m switch
            {
                MethodBase b when b.IsPublic || b.IsFamily || b.IsFamilyOrAssembly =>
                    b.GetParameters().Select(p => p.ParameterType).Append((b as MethodInfo)?.ReturnType).Concat(b.IsGenericMethod ? b.GetGenericArguments().SelectMany(a => a.GetGenericParameterConstraints()) : []),
                FieldInfo f when f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly => [f.FieldType],
                Type nested when nested.IsVisible => [nested],
                _ => Array.Empty<Type?>(),
            }));
}
