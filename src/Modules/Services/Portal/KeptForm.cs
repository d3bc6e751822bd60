using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;
using SoGoc.Services.Files;
using SoGoc.Services.Procedures;
using SoGoc.Services.Store;

namespace SoGoc.Services.Portal;

/// <summary>Whose form a page is.</summary>
/// <param name="At">When it was shown.</param>
internal sealed record FormMark(string Procedure, Guid Account, Guid Subject, Guid Once, DateTimeOffset At);

/// <summary>Seals the marks of forms: only a form that this house has shown to its citizen carries one.</summary>
internal sealed class FormMarks(IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>A form that lay open for longer is not taken up again.</summary>
    private static readonly TimeSpan Holds = TimeSpan.FromDays(1);

    private IDataProtector Protector => protection.CreateProtector("forms of citizens");

    public string Seal(FormMark mark) => Protector.Protect(JsonSerializer.Serialize(mark, Journal.Json));

    /// <summary>Null: it is none of ours, or too old.</summary>
    public FormMark? Open(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<FormMark>(Protector.Unprotect(text), Journal.Json) is { } mark && clock.GetUtcNow() - mark.At < Holds ? mark : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}

/// <summary>Keeps a form whose session had ended when it was sent: among the drafts of the account to which it was shown, where its citizen alone finds it. Of a form that was begun elsewhere meanwhile, or handed in, nothing is overwritten.</summary>
internal sealed class KeepEndedForm(ProcedureBook procedures, DraftBook drafts, Session session)
{
    public async Task<Outcome<Done>> Run(FormMark mark, IReadOnlyDictionary<string, string?> answers)
    {
        var found = await procedures.Now(mark.Procedure);
        if (!found.Ok(out var edition))
        {
            return found.Problems.ToList();
        }

        // As when the form is handed in: one after the other.
        await session.Execute("select pg_advisory_xact_lock(hashtextextended($1::text, 0))", mark.Once);
        if (await session.Value<int?>("select 1 from services.file where once = $1", mark.Once) is null && (await drafts.Find(mark.Account, mark.Procedure, mark.Subject) is not { } other || other.Once == mark.Once))
        {
            await drafts.Keep(mark.Account, mark.Procedure, mark.Subject, mark.Once, edition.Procedure.Fields.Where(f => f.Asked).ToDictionary(f => f.Name, f => answers.GetValueOrDefault(f.Name), StringComparer.Ordinal));
        }

        return Done.It;
    }
}

/// <summary>On the page of a form: what was typed is not lost with the session. Files that came with it are passed over: nobody who is not signed in leaves any here.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class KeptFormAttribute : Attribute, IKeepsForm
{
    /// <summary>Of the form: whose it is, sealed.</summary>
    public const string Field = "Whose";

    private const int MostParts = 200, MostLetters = 20_000;

    public async Task<string?> Keep(HttpContext http)
    {
        var (marks, sent) = (http.RequestServices.GetRequiredService<FormMarks>(), await Read(http));
        if (sent is null || marks.Open(sent.GetValueOrDefault(Field, "")) is not { } mark || http.Request.RouteValues["code"] as string != mark.Procedure)
        {
            return null;
        }

        await using var scope = http.RequestServices.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Set(Actor.System("services"));
        var answers = sent.Where(f => f.Key.StartsWith(FormCheck.Prefix, StringComparison.Ordinal)).ToDictionary(f => f.Key[FormCheck.Prefix.Length..], f => (string?)f.Value, StringComparer.Ordinal);
        return (await scope.ServiceProvider.GetRequiredService<Runner>().Run<KeepEndedForm, Done>(f => f.Run(mark, answers))).IsGood ? $"{FormPage.Address(mark.Procedure, mark.At)}&giu=true" : null;
    }

    /// <summary>The fields of the form, without its files; null: it cannot be read, or says more than a form does.</summary>
    private static async Task<Dictionary<string, string>?> Read(HttpContext http)
    {
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 100 } boundary)
        {
            return null;
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = FormWithPapersAttribute.MostBytes;
        }

        var (fields, letters) = (new Dictionary<string, string>(StringComparer.Ordinal), 0);
        try
        {
            var reader = new MultipartReader(boundary, http.Request.Body);
            for (var parts = 0; await reader.ReadNextSectionAsync(http.RequestAborted) is { } section; parts++)
            {
                if (parts == MostParts || letters > MostLetters)
                {
                    return null;
                }

                if (section.GetContentDispositionHeader() is { } head && head.IsFormDisposition() && HeaderUtilities.RemoveQuotes(head.Name).Value is { } name)
                {
                    using var text = new StreamReader(section.Body);
                    var read = new char[MostLetters + 1];
                    var length = await text.ReadBlockAsync(read, http.RequestAborted);
                    fields[name] = new string(read, 0, length);
                    letters += length;
                }
            }

            return fields;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or BadHttpRequestException)
        {
            return null;
        }
    }
}
