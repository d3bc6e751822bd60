using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SoGoc.Architecture.Tests;

/// <summary>Logs are read by people who have no duty to know anybody: no names, no numbers, no rows.</summary>
public sealed partial class LogTests
{
    /// <summary>The account of the operating system that PostgreSQL runs as.</summary>
    private static readonly string[] Harmless = ["account.Name"];

    [Fact]
    public void A_line_of_the_log_names_no_person()
    {
        var calls = House.Source.SelectMany(f => f.Syntax.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(IsLog).Select(call => (f, call))).ToList();
        Assert.True(calls.Count > 5, "The calls of loggers were not found.");
        Wall.Stands("What is logged may tell who somebody is.",
            from c in calls
            from argument in c.call.ArgumentList.Arguments
            where !argument.Expression.IsKind(SyntaxKind.StringLiteralExpression) && !Harmless.Contains(argument.Expression.ToString()) && Personal().IsMatch(argument.Expression.ToString())
            select $"{c.f.At(c.call)}: {argument}");
    }

    [Fact]
    public void Modules_do_not_write_to_the_console() =>
        Wall.Stands("The console is a log when nobody sits there; only the commands of the Host speak.", House.Source.Where(f => !f.Path.StartsWith("src/Host/", StringComparison.Ordinal))
            .SelectMany(f => f.Syntax.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Where(m => m.Expression.ToString() is "Console" or "System.Console").Select(f.At)));

    /// <summary>With these switches a failed statement brings rows of persons into the exception, and so into the log.</summary>
    [Fact]
    public void Exceptions_of_the_database_bring_no_rows_along() =>
        Wall.Stands("Details of the database's errors are switched on.", Spoken.Assemblies.SelectMany(Spoken.By).Where(t => Details().IsMatch(t))
            .Concat(House.Source.Where(f => f.Text.Contains("IncludeErrorDetail", StringComparison.Ordinal) || f.Text.Contains("EnableParameterLogging", StringComparison.Ordinal)).Select(f => f.Path)));

    private static bool IsLog(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax m => LogMethod().IsMatch(m.Name.Identifier.Text),
        MemberBindingExpressionSyntax m => LogMethod().IsMatch(m.Name.Identifier.Text),
        _ => false,
    };

    [GeneratedRegex("^Log(Trace|Debug|Information|Warning|Error|Critical)?$")]
    private static partial Regex LogMethod();

    [GeneratedRegex("(^|[^A-Za-z])(name|surname|given|middle|number|person|persons|facts|born|phone|email|address|cell|body|row|text|sql)(?![a-z])|(Name|Surname|Given|Middle|Number|Person|Persons|Facts|Born|Phone|Email|Address|Cell|Body|Row|Text|Sql)(?![a-z])")]
    private static partial Regex Personal();

    [GeneratedRegex(@"include\s+error\s+detail\s*=\s*true|log\s+parameters\s*=\s*true", RegexOptions.IgnoreCase)]
    private static partial Regex Details();
}
