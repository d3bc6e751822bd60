using Npgsql;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Text;

namespace SoGoc.Population.Codes;

/// <summary>The code lists of the register's fields in memory: from what lists write (code, name, other names; folded) to the code.</summary>
internal sealed class CodeBook
{
    private readonly Dictionary<(string List, string Key), string> byKey = [];
    private readonly Dictionary<(string List, string Code), (string Vi, string En)> names = [];

    public CodeBook(IEnumerable<(string List, string Code, string Name, string NameEn, string[] Others)> codes)
    {
        foreach (var (list, code, name, nameEn, others) in codes)
        {
            names[(list, code)] = (name, nameEn.Length > 0 ? nameEn : name);
            foreach (var key in others.Append(name).Append(nameEn).Append(code).Select(NameKey.Of).Where(k => k.Length > 0))
            {
                byKey.TryAdd((list, key), code);
            }
        }
    }

    /// <summary>The code that a text of a list means, or null.</summary>
    public string? Find(string list, string text) => byKey.GetValueOrDefault((list, NameKey.Of(text)));

    public bool Has(string list, string code) => names.ContainsKey((list, code));

    public bool IsSurname(string word) => names.ContainsKey(("surname", NameKey.Of(word)));

    public string Name(string list, string? code) =>
        code is null ? "" : !names.TryGetValue((list, code), out var n) ? code
        : System.Globalization.CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? n.En : n.Vi;

    public string InVietnamese(string list, string code) => names.TryGetValue((list, code), out var n) ? n.Vi : code;

    /// <summary>A whole list in the order of its codes, with the names in the language of the request.</summary>
    public IReadOnlyList<(string Code, string Name)> All(string list) => [.. names.Keys.Where(k => k.List == list).Select(k => k.Code).Order(StringComparer.Ordinal).Select(c => (c, Name(list, c)))];

    public static async Task<CodeBook> Read(Database database)
    {
        await using var connection = await database.App.OpenConnectionAsync();
        await using var command = connection.CreateCommand("select list, code, name, name_en, other_names from population.code");
        await using var reader = await command.ExecuteReaderAsync();
        var codes = new List<(string, string, string, string, string[])>();
        while (await reader.ReadAsync())
        {
            codes.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.Get<string[]>(4)));
        }

        return new CodeBook(codes);
    }
}

/// <summary>The code book of this process, read when first asked for. (Code lists change with a decree and a restart.)</summary>
internal sealed class Codes(Database database) : ICodeNames
{
    private Task<CodeBook>? book;

    public Task<CodeBook> Book()
    {
        lock (this)
        {
            return book = book is { IsFaulted: false } ? book : CodeBook.Read(database);
        }
    }

    public async Task<string> InVietnamese(string list, string code) => (await Book()).InVietnamese(list, code);
}
