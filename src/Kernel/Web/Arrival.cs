using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Kernel.Web;

/// <summary>A file on its way in: written to disk as it comes, never held in memory, cut off at the limit, gone when closed.</summary>
public static class Arrival
{
    public static FileStream TemporaryFile() => new(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite,
        FileShare.None, 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous);

    /// <summary>The body of the request; null when it is larger than so many bytes.</summary>
    private static async Task<FileStream?> Receive(HttpContext http, long most)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = most + 1;
        }

        if (http.Request.ContentLength > most)
        {
            return null;
        }

        var file = TemporaryFile();
        try
        {
            await http.Request.Body.CopyToAsync(file, http.RequestAborted);
            return file;
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            await file.DisposeAsync();
            return null;
        }
    }

    /// <summary>The route of a feature whose request is a file: receives it, runs, and answers as JSON or with the problems.</summary>
    /// <param name="most">Bytes.</param>
    /// <param name="tooLarge">What is said of more.</param>
    public static async Task<IResult> Take<TFeature, T>(HttpContext http, Runner runner, long most, Problem tooLarge, Func<TFeature, Stream, Task<Outcome<T>>> run) where TFeature : class
    {
        await using var file = await Receive(http, most);
        var outcome = file is null ? tooLarge : await runner.Run<TFeature, T>(f => run(f, file));
        if (outcome.Ok(out var taken))
        {
            return Results.Json(taken, Journal.Json);
        }

        await Faults.Write(http, outcome.Problems);
        return Results.Empty;
    }

    /// <summary>The last part of a path, without what a text in the database or a line on a page cannot hold, and without signs that turn the order of letters round.</summary>
    /// <param name="path">As its owner calls it.</param>
    /// <param name="otherwise">Where nothing is left.</param>
    public static string NameOf(string path, string otherwise)
    {
        const int longest = 200;
        var name = new string([.. Path.GetFileName(path).Where(c => !char.IsControl(c) && !char.IsSurrogate(c) && char.GetUnicodeCategory(c) is not System.Globalization.UnicodeCategory.Format)]).Trim();
        return name.Length == 0 ? otherwise : name.Length <= longest ? name : name[^longest..];
    }
}
