using System.Text;
using CsCheck;
using SoGoc.Kernel.Text;
using SoGoc.Population.Codes;

namespace SoGoc.Population.Tests;

/// <summary>Names as they are really built: nobody is refused for his name, and no word of it is lost.</summary>
public sealed class NameTests
{
    private static readonly CodeBook Codes = new(new[] { "Nguyễn", "Trần", "Từ", "Danh", "Néang", "Lâm" }.Select(s => ("surname", NameKey.Of(s), s, "", Array.Empty<string>())));

    private static readonly Gen<string> Word = Given.AnyOf("Nguyễn", "Từ", "Danh", "Néang", "Lâm", "Mẫu", "Thử", "Sóc", "K'Bịa", "Y-Nghiệm", "Thị", "văn", "ẤN", "đỗ", "Ksor", "X.");

    private static readonly Gen<string> Name = Word.Array[1, 6].Select(words => string.Join(' ', words));

    [Theory]
    [InlineData("Nguyễn Thị Minh Mẫu", "01", "Nguyễn", "Thị Minh", "Mẫu")]
    [InlineData("Trần Mẫu", "01", "Trần", null, "Mẫu")]
    [InlineData("Mẫu", "01", null, null, "Mẫu")]
    [InlineData("Danh Thị Mẫu", "05", "Danh", "Thị", "Mẫu")]
    [InlineData("Néang Sóc Mẫu", "05", "Néang", "Sóc", "Mẫu")]
    [InlineData("Lâm Mẫu Bịa", "04", "Lâm", "Mẫu", "Bịa")]
    [InlineData("Mohamad Mẫu", "14", null, null, "Mohamad Mẫu")]
    [InlineData("Mách Sa Mẫu", "14", null, null, "Mách Sa Mẫu")]
    [InlineData("Từ Công Mẫu", "14", "Từ", "Công", "Mẫu")]
    [InlineData("Mohamad Mẫu", null, "Mohamad", null, "Mẫu")]
    public void A_name_has_the_parts_that_its_people_give_it(string name, string? ethnicity, string? surname, string? middle, string given)
    {
        var facts = PersonName.Set(new PersonFacts(), name, ethnicity, Codes);
        Assert.Equal((name, surname, middle, given), (facts.FullName, facts.Surname, facts.Middle, facts.Given));
    }

    [Fact]
    public void The_parts_of_a_name_are_the_whole_of_it() => Gen.Select(Name, Given.Maybe(Given.AnyOf("01", "05", "14", "04"))).Sample((name, ethnicity) =>
    {
        var facts = PersonName.Set(new PersonFacts { Surname = "x", Middle = "y", Given = "z" }, name, ethnicity, Codes);
        return facts.FullName == name && facts.Given is { Length: > 0 } && string.Join(' ', new[] { facts.Surname, facts.Middle, facts.Given }.OfType<string>()) == name;
    }, seed: Given.Seed, iter: 5_000);

    [Fact]
    public void The_office_writes_a_name_once_and_for_all_and_never_another_one() => Gen.OneOf(Name, Name.Select(n => n.ToUpperInvariant()), Name.Select(n => n.ToLowerInvariant()), Name.Select(n => " " + n.Replace(" ", "  ", StringComparison.Ordinal)),
        Name.Select(n => n.Normalize(NormalizationForm.FormD)), Given.Text, Gen.String[Gen.Char['\0', '\uffff'], 0, 20]).Sample(name =>
        {
            var written = PersonName.InOfficeCase(name);
            return PersonName.InOfficeCase(written) == written && NameKey.Of(written) == NameKey.Of(name) && written.IsNormalized(NormalizationForm.FormC) && !written.Contains("  ", StringComparison.Ordinal);
        }, seed: Given.Seed, iter: 20_000);

    [Theory]
    [InlineData("NGUYỄN THỊ MẪU", "Nguyễn Thị Mẫu")]
    [InlineData("nguyễn thị mẫu", "Nguyễn Thị Mẫu")]
    [InlineData("Nguyễn thị Mẫu", "Nguyễn thị Mẫu")]
    [InlineData("K'BRƠI MẪU", "K'brơi Mẫu")]
    [InlineData("Ý", "Ý")]
    public void Capitals_become_a_name(string typed, string written) => Assert.Equal(written, PersonName.InOfficeCase(typed));

    [Theory]
    [InlineData("Mẫu", true)]
    [InlineData("K'Brơi-Mẫu", true)]
    [InlineData("K’Brơi Mẫu", true)]
    [InlineData("J. Mẫu", true)]
    [InlineData("", false)]
    [InlineData(" - ", false)]
    [InlineData("Mẫu 8", false)]
    [InlineData("Mẫu;Thử", false)]
    [InlineData("<b>Mẫu</b>", false)]
    [InlineData("Mẫu\n", false)]
    [InlineData("Mẫu\uFFFE", false)]
    public void A_name_has_letters_and_what_stands_inside_names(string text, bool name) => Assert.Equal(name, PersonName.IsName(text));

    [Fact]
    public void No_text_breaks_the_question_whether_it_is_a_name() =>
        Gen.String[Gen.Char['\0', '\uffff'], 0, 120].Sample(text => !PersonName.IsName(text) || (text.Length <= 100 && !text.Any(char.IsControl)), seed: Given.Seed, iter: 20_000);
}
