using System.Globalization;
using SoGoc.Lists;

namespace SoGoc.Invented;

/// <summary>How the lists are to be written.</summary>
/// <param name="Directory">Where to; made when missing.</param>
/// <param name="Dirt">Share of rows with a planted error, 0 to 0.5.</param>
/// <param name="OneList">One list of everybody instead of one for each commune, which then vary in format and encoding.</param>
public sealed record ListSettings(string Directory, double Dirt, ListFormat Format, VietnameseEncoding Encoding, bool OneList);

/// <summary>Writes what communes would send, and beside it the truth: <c>truth.csv</c> (every planted error) and <c>people.csv</c> (every person as he is).</summary>
public static class InventedLists
{
  public static (int Rows, int Planted) Write(InventedProvince province, ListSettings wish)
  {
    Directory.CreateDirectory(wish.Directory);
    var settings = province.Settings;
    var rows = new ListRows(province.Territory, settings.ReferenceFolder);
    var dirt = new Dirt(new(Dice.Branch(settings.Seed, "dirt")), wish.Dirt, settings.AsOf);
    using var truthFile = File.Create(Path.Combine(wish.Directory, "truth.csv"));
    using var truth = ListWriter.Csv(truthFile);
    truth.Row(["list", "row", "person", "code", "visible", "column", "true", "given"]);
    using var peopleFile = File.Create(Path.Combine(wish.Directory, "people.csv"));
    using var people = ListWriter.Csv(peopleFile);
    people.Row(["person", "number", "name", "born", "sex", "ethnicity", "commune", "file"]);
    int written = 0, planted = 0;
    using var list = new Open(wish);
    foreach (var home in province.Households())
      foreach (var p in home.Members)
      {
        list.Turn(home.CommuneToday.Code);
        var row = rows.Row(home, p, written + 1);
        var right = (string[])row.Clone();
        var error = dirt.Plant(row, p);
        list.Row(row);
        written++;
        if (error is { Column: < 0 })
        {
          list.Row(row);   // the same row once more: the later one is the one at fault
          written++;
        }
        if (error is not null)
        {
          planted++;
          truth.Row([list.Name, list.Line.ToString(CultureInfo.InvariantCulture), p.Id.ToString(), error.Code, error.Visible ? "1" : "0", error.Column < 0 ? "" : ListRows.Heads[error.Column], error.Column < 0 ? "" : right[error.Column], error.Given]);
        }
        people.Row([p.Id.ToString(), p.Number, p.FullName, p.Born.ToString(), Text.Digit(p.Sex), p.Ethnicity, home.CommuneToday.Code, home.FileNumber]);
      }
    return (written, planted);
  }

  /// <summary>The list being written; the next commune begins a new one, in a habit of its own.</summary>
  private sealed class Open(ListSettings wish) : IDisposable
  {
    private FileStream? file;
    private ListWriter? writer;
    private string commune = "";

    public string Name { get; private set; } = "";
    public int Line { get; private set; }

    public void Turn(string code)
    {
      if (writer is not null && (wish.OneList || code == commune)) return;
      Dispose();
      commune = code;
      var habit = wish.OneList ? 0 : (int)(Dice.Branch(5, code) % 6);
      var xlsx = wish.OneList ? wish.Format == ListFormat.Xlsx : habit == 5;
      var encoding = wish.OneList ? wish.Encoding : habit switch { 1 => VietnameseEncoding.UnicodeDecomposed, 2 => VietnameseEncoding.Tcvn3, 3 => VietnameseEncoding.Vni, 4 => VietnameseEncoding.Viqr, _ => VietnameseEncoding.Unicode };
      Name = (wish.OneList ? "danh-sach" : "xa-" + code) + (xlsx ? ".xlsx" : ".csv");
      file = File.Create(Path.Combine(wish.Directory, Name));
      writer = xlsx ? ListWriter.Xlsx(file, encoding) : ListWriter.Csv(file, encoding, habit == 4 ? ';' : ',');
      writer.Row(ListRows.Heads);
      Line = 1;
    }

    public void Row(string[] cells)
    {
      writer!.Row(cells);
      Line++;
    }

    public void Dispose()
    {
      writer?.Dispose();
      file?.Dispose();
    }
  }
}
