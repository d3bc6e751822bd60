using System.Globalization;
using SoGoc.Lists;
using SoGoc.Quality;

namespace SoGoc.Host.Commands;

/// <summary>`sogoc digest LIST --key-file KEY --out DIGESTS`: keyed digests of a list, which is compared with the register without showing what is in it. Needs no register, and sends nothing.</summary>
internal static class DigestCommand
{
    private static readonly ListLimits Limits = ListLimits.Default with { MaxFileBytes = 1L << 30 };

    public static async Task<int> Run(FileInfo list, FileInfo key, FileInfo to, CancellationToken stop)
    {
        if (new[] { list, key }.FirstOrDefault(f => !f.Exists) is { } missing)
        {
            throw new UsageException($"Không có tệp {missing.FullName}. / There is no such file.");
        }

        var digest = ListDigest.WithKey(await File.ReadAllTextAsync(key.FullName, stop)) ?? throw new UsageException("Tệp khóa không phải khóa đối soát kín: chép đúng dòng khóa mà trang đã đưa. / The file holds no key: copy the line that the page has shown.");
        var rows = 0;
        try
        {
            await using var from = list.OpenRead();
            using var reader = ListReader.Open(from, list.Name, Limits);
            var make = ListDigest.Rows(reader.Shape.Heads, reader.Ahead(500)) ?? throw new UsageException($"Không có cột số định danh hay họ tên trong: {string.Join(", ", reader.Shape.Heads)}. Hãy sửa tên cột. / No column of numbers or names: mend the heads.");
            await using var file = to.Create();
            using var writer = ListWriter.Csv(file);
            writer.Row(ListDigest.Heads);
            for (; reader.Read(); rows++)
            {
                stop.ThrowIfCancellationRequested();
                writer.Row(make(digest, reader.RowNumber, column => reader[column]));
            }
        }
        catch (ListException e)
        {
            throw LinkFiles.Refusal(e, list);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows:N0} dòng, mã băm trong {to.FullName} / rows, their digests there"));
        return 0;
    }
}
