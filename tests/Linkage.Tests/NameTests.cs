using System.Text;

namespace SoGoc.Linkage.Tests;

/// <summary>How names stand to each other, and that it depends neither on the way letters are coded nor on who comes first.</summary>
public sealed class NameTests
{
    [Theory]
    [InlineData("Nguyễn Thị Hòa", "NGUYỄN THỊ HOÀ", "same")]
    [InlineData("Nguyễn Văn Quý", "Nguyễn Văn Qúy", "same")]
    [InlineData("Nguyễn Đình Thúy", "Nguyen Dinh Thuy", "same-letters")]
    [InlineData("Nguyễn Văn Bình", "Nguyeenx Vawn Bifnh", "same")]
    [InlineData("Nguyễn Văn Bình", "Nguye6n4 Va8n Binh2", "same")]
    [InlineData("Neáng Sóc Kha", "Neáng Sóckha", "same-letters")]
    [InlineData("Lê Mỹ Lệ", "Lê Mĩ Lệ", "slip-before")]
    [InlineData("Huỳnh Văn Tám", "Hoàng Văn Tám", "slip-before")]
    [InlineData("Trần Văn Sang", "Trần Văn Xan", "slip-in-given")]
    [InlineData("Trần Văn Thành", "Trần Văn Thàmh", "slip-in-given")]
    [InlineData("Trần Thị Lan", "Trần Lan", "particle")]
    [InlineData("Trần Ngọc Lan Anh", "Trần Lan Anh", "middle-less")]
    [InlineData("Trần Văn Khánh", "Khánh Trần Văn", "turned")]
    [InlineData("Trần Văn Khánh", "Trần Hữu Khánh", "other-middle")]
    [InlineData("Trần Văn Khánh", "Lê Hữu Khánh", "given-only")]
    [InlineData("Trần Văn Khánh", "Trần Văn Dũng", "family-only")]
    [InlineData("Trần Văn Khánh", "Lê Thị Hoa", "different")]
    [InlineData("Trần Văn Khánh", "...", "missing")]
    public void Names_stand_to_each_other_as_an_officer_would_say(string one, string other, string level)
    {
        Assert.Equal(level, Level(one, other));
        Assert.Equal(level, Level(other, one));
        Assert.Equal(level, Level(one.Normalize(NormalizationForm.FormD), other));
    }

    [Theory]
    [InlineData("Rohidah")]
    [InlineData("Yusos")]
    [InlineData("Mohamad Karim")]
    [InlineData("H'Wer Niê")]
    public void A_name_that_is_not_Vietnamese_is_not_read_as_keystrokes(string name)
    {
        // It would lose letters, and another name would become the same.
        Assert.NotEqual("same", Level(name, name[..^1]));
        Assert.Equal("same", Level(name, name.ToUpperInvariant()));
    }

    [Fact]
    public void A_syllable_that_was_tried_and_forgotten_does_not_stay()
    {
        var lexicon = new Lexicon();
        for (var i = 0; i < 1000; i++) lexicon.Id(Fingerprint.Mix((ulong)i));
        for (var round = 0; round < 50; round++)
        {
            lexicon.BeginTrial();
            for (var i = 0; i < 40; i++) lexicon.Id(Fingerprint.Mix((ulong)(10_000 + (round * 40) + i)));
            lexicon.EndTrial(keep: round == 49);
        }

        Assert.Equal(1040, lexicon.Count);
        for (var i = 0; i < 1000; i++) Assert.Equal(i, lexicon.Find(Fingerprint.Mix((ulong)i)));
        Assert.Equal(-1, lexicon.Find(Fingerprint.Mix(10_000)));
        Assert.Equal(1000, lexicon.Find(Fingerprint.Mix(10_000 + (49 * 40))));
    }

    private static string Level(string one, string other)
    {
        var table = Given.Table(new LinkModel([new("name", FieldKind.Name, ["name"])]), [[one], [other]], ["name"]);
        return Levels.Of(table, "name");
    }
}

/// <summary>The level of one field between the first two rows of a table.</summary>
internal static class Levels
{
    public static string Of(LinkTable table, string field)
    {
        table.Close(1);
        ref var a = ref table.Row(0);
        ref var b = ref table.Row(1);
        var column = table.Fields.Single(f => f.Info.Name == field);
        return column.LevelNames[Comparison.Level(column, ref a, ref b, Pairing.Equal(ref a, ref b), Pairing.Unknown(ref a) | Pairing.Unknown(ref b))];
    }
}
