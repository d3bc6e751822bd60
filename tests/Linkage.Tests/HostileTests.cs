using System.Diagnostics;

namespace SoGoc.Linkage.Tests;

/// <summary>Lists that would cost the most, or say the least: a clear outcome, in bounded time and memory.</summary>
public sealed class HostileTests
{
    [Fact]
    public void A_million_rows_that_are_all_the_same_are_linked_to_the_first()
    {
        string[] row = ["Nguyễn Văn An", "05/07/1962", "Nam", "Kinh", "Xã A", "Số 1, ấp B", "0100000001", "Trần Thị C", ""];
        var watch = Stopwatch.StartNew();
        var table = Given.Table(Given.Model(), Enumerable.Repeat(row, 1_000_000));
        var result = Linker.Run(table, new LinkRunOptions());
        Assert.Equal(999_999, result.Pairs.Count);
        Assert.All(result.Pairs, p => Assert.Equal(0, p.A));
        Assert.True(watch.Elapsed < TimeSpan.FromMinutes(2), $"{watch.Elapsed}");
        var clusters = LinkClusters.Of(table, result, double.NegativeInfinity);
        Assert.All(clusters.ClusterOf, c => Assert.Equal(0, c));
    }

    [Fact]
    public void Fifty_thousand_people_of_one_name_and_year_are_not_compared_each_with_each()
    {
        var rows = Enumerable.Range(0, 50_000).Select(i => new[] { "Nguyễn Văn An", "1962", "Nam", "", "Xã A", "", $"01{i:D8}", "", "" });
        var table = Given.Table(Given.Model(), rows);
        var result = Linker.Run(table, new LinkRunOptions());
        Assert.True(result.Keys.Sum(k => k.Pairs) < 50_000 * 60L, $"{result.Keys.Sum(k => k.Pairs)}");
    }

    [Fact]
    public void Names_of_one_letter_and_cells_of_a_megabyte_are_taken_as_they_are()
    {
        var random = new Random(7);
        var long_ = new string('x', 1 << 20);
        var rows = Enumerable.Range(0, 3000).Select(i => new[] { ((char)('A' + random.Next(26))).ToString(), $"{random.Next(28) + 1}/{random.Next(12) + 1}/{1950 + random.Next(60)}", "Nam", "", i % 100 == 0 ? long_ : "Xã A", i % 100 == 1 ? long_ : "", "", i % 100 == 2 ? long_ + " y" : "", "" });
        var result = Linker.Run(Given.Table(Given.Model(), rows), new LinkRunOptions());
        Assert.All(result.Pairs, p => Assert.InRange(p.Probability, 0, 1));
    }

    [Fact]
    public void Letters_in_every_code_half_pairs_and_signs_do_no_harm()
    {
        string[] odd = ["Nguyeãn Vaên An", "NguyÔn V¨n An", "Nguy\ud83dn", "\ufffd\ufffd", "😀 😀", "", "ｎｇｕｙｅｎ", "نجوين", "\u0301\u0301", "Nguyễn\u200bVăn", "12345"];
        var rows = Enumerable.Range(0, 600).Select(i => new[] { odd[i % odd.Length], i % 7 == 0 ? odd[i % odd.Length] : $"0{1 + (i % 9)}/07/19{60 + (i % 30)}", odd[i % 5], odd[i % 3], odd[i % 4], odd[i % 6], odd[i % 8], odd[i % 9], odd[(i * 3) % odd.Length] });
        var result = Linker.Run(Given.Table(Given.Model(), rows), new LinkRunOptions());
        Assert.All(result.Pairs, p => Assert.False(float.IsNaN(p.Weight)));
    }

    [Fact]
    public void A_list_without_a_column_that_tells_people_apart_is_refused_by_name()
    {
        Assert.Equal("linkage.no-usable-column", Assert.Throws<LinkException>(() => ModelGuess.From(["STT", "Ghi chú"], [["1", "x"], ["2", "y"]])).Code);
        Assert.Equal("linkage.no-usable-column", Assert.Throws<LinkException>(() => new LinkTable(new LinkModel([new("sex", FieldKind.Sex, ["sex"])]))).Code);
        var empty = Given.Table(Given.Model(), Enumerable.Range(0, 100).Select(_ => new[] { "", "", "", "", "", "", "", "", "" }));
        Assert.Empty(Linker.Run(empty, new LinkRunOptions()).Pairs);
    }

    [Fact]
    public void Too_few_rows_a_missing_column_and_a_broken_model_are_said()
    {
        Assert.Equal("linkage.too-few-rows", Assert.Throws<LinkException>(() => Linker.Run(Given.Table(Given.Model(), [Given.Province.Rows[0]]), new LinkRunOptions())).Code);
        Assert.Equal("linkage.bad-model", Assert.Throws<LinkException>(() => Given.Table(Given.Model(), [], ["other"])).Code);
        foreach (var broken in new[] { "", "{", "[]", "null", "{\"fields\":null}", "{\"fields\":[]}", "{\"fields\":[{\"name\":\"a\",\"kind\":\"nonsense\",\"columns\":[\"a\"]}]}", "{\"fields\":[null]}", "{\"fields\":[{\"name\":\"a\",\"kind\":\"name\",\"columns\":[\"a\"]}],\"falseShare\":7}" })
            Assert.StartsWith("linkage.", Assert.Throws<LinkException>(() => LinkModel.Parse(broken)).Code, StringComparison.Ordinal);
        var many = new LinkModel([.. Enumerable.Range(0, 17).Select(i => new LinkField($"t{i}", FieldKind.Text, [$"t{i}"]))]);
        Assert.Equal("linkage.too-many-fields", Assert.Throws<LinkException>(() => new LinkTable(many)).Code);
    }
}
