using System.Text;

namespace SoGoc.Linkage.Tests;

/// <summary>Tests of this collection run alone, so that what they ask of memory can be measured.</summary>
[CollectionDefinition("alone", DisableParallelization = true)]
public sealed class Alone;

/// <summary>Lists that would cost the most, or say the least: a clear outcome, a bounded number of pairs, bounded memory.</summary>
[Collection("alone")]
public sealed class HostileTests
{
    /// <summary>All that a run asks of memory, whether given back or not.</summary>
    private static void Within(int mebibytes, Action run)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        run();
        var used = (GC.GetTotalAllocatedBytes(precise: true) - before) >> 20;
        Assert.True(used <= mebibytes, $"{used} MiB");
    }

    [Fact]
    public void A_million_rows_that_are_all_the_same_are_linked_to_the_first()
    {
        string[] row = ["Nguyễn Văn An", "05/07/1962", "Nam", "Kinh", "Xã A", "Số 1, ấp B", "0100000001", "Trần Thị C", ""];
        Within(2000, () =>
        {
            var table = Given.Table(Given.Model(), Enumerable.Repeat(row, 1_000_000));
            var result = Linker.Run(table, new LinkRunOptions());
            Assert.Equal(999_999, result.Pairs.Count);
            Assert.All(result.Pairs, p => Assert.Equal(0, p.A));
            var clusters = LinkClusters.Of(table, result, double.NegativeInfinity);
            Assert.All(clusters.ClusterOf, c => Assert.Equal(0, c));
        });
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
    public void Two_hundred_thousand_names_of_one_letter_cost_no_more_than_others()
    {
        var random = new Random(7);
        var rows = Enumerable.Range(0, 200_000).Select(i => new[] { ((char)('A' + random.Next(26))).ToString(), $"{1950 + random.Next(60)}", "Nam", "", "Xã A", "", "", ((char)('A' + random.Next(26))).ToString(), "" }).ToList();
        Within(900, () =>
        {
            var result = Linker.Run(Given.Table(Given.Model(), rows), new LinkRunOptions());
            Assert.True(result.Keys.Sum(k => k.Pairs) < 200_000 * 60L, $"{result.Keys.Sum(k => k.Pairs)}");
            // Nothing tells one of them from the next, so nothing is called sure.
            Assert.DoesNotContain(result.Pairs, p => result.BandOf(p) == LinkBand.Sure && p.Probability < 0.5);
        });
    }

    [Fact]
    public void Cells_of_a_megabyte_are_cut_not_kept()
    {
        var long_ = new string('x', 1 << 20);
        var rows = Enumerable.Range(0, 3000).Select(i => new[] { $"{long_}", i % 2 == 0 ? long_ : "05/07/1962", long_, long_, long_, long_, long_, long_, long_ });
        Within(300, () =>
        {
            var result = Linker.Run(Given.Table(Given.Model(), rows), new LinkRunOptions());
            Assert.All(result.Pairs, p => Assert.InRange(p.Probability, 0, 1));
        });
    }

    [Fact]
    public void Rows_of_several_codes_in_one_list_do_not_spoil_the_others()
    {
        var (rows, person) = Given.Province;
        // Every third row in decomposed letters, every fiftieth damaged by a wrong charset.
        var mixed = rows.Select((r, i) => i % 50 == 7 ? [.. r.Select(c => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(c)))] : i % 3 == 1 ? r.Select(c => c.Normalize(NormalizationForm.FormD)).ToArray() : r).ToList();
        Within(300, () =>
        {
            var table = Given.Table(Given.Model(number: false), mixed);
            var truth = new Truth(table, Linker.Run(table, new LinkRunOptions()), person);
            Assert.True(truth.Best().F1 > 0.9, $"{truth.Best()}");
        });
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
