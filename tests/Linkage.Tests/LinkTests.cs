namespace SoGoc.Linkage.Tests;

/// <summary>Whole runs over the records of an invented province.</summary>
public sealed class LinkTests
{
    private static (LinkTable Table, LinkResult Result, Truth Truth) Run(bool number, int threads = 2, LinkModel? model = null)
    {
        var (rows, person) = Given.Province;
        var table = Given.Table(model ?? Given.Model(number), rows, threads: threads);
        var result = Linker.Run(table, new LinkRunOptions(threads));
        return (table, result, new Truth(table, result, person));
    }

    [Fact]
    public void Records_of_one_person_are_found_without_being_told_one_of_them()
    {
        var (_, result, truth) = Run(number: false);
        Assert.True(truth.Best().F1 > 0.93, $"F1 {truth.Best()}");
        // What is called sure is: one wrong link in a hundred would be ten times the promise.
        Assert.True(truth.AtSure().Precision > 0.99, $"{truth.AtSure()}");
        Assert.True(truth.AtLook().Recall > truth.Best().Recall - 0.05, $"{truth.AtLook()}");
        Assert.True(result.Bands.Sure > result.Bands.Look);
    }

    [Fact]
    public void Verified_numbers_make_it_better_and_never_join_two_numbers()
    {
        var without = Run(number: false).Truth.Best().F1;
        var (table, result, truth) = Run(number: true);
        Assert.True(truth.Best().F1 > without, $"{truth.Best().F1} against {without}");
        var (rows, _) = Given.Province;
        Assert.DoesNotContain(result.Pairs, p => rows[p.A][8] != "" && rows[p.B][8] != "" && Differ(rows[p.A][8], rows[p.B][8]) > 2);
        Assert.NotEmpty(result.Model.Learned!.Patterns);
        var clusters = LinkClusters.Of(table, result);
        Assert.All(Enumerable.Range(0, rows.Count).Where(r => rows[r][8] != "").GroupBy(r => clusters.ClusterOf[r]), g => Assert.Single(g.Select(r => rows[r][8]).Distinct()));
    }

    private static int Differ(string a, string b) => a.Zip(b).Count(x => x.First != x.Second);

    [Fact]
    public void Any_number_of_threads_gives_the_same_pairs_to_the_last_bit()
    {
        var one = Run(number: true, threads: 1).Result;
        var many = Run(number: true, threads: 5).Result;
        Assert.Equal(one.Pairs, many.Pairs);
        Assert.Equal(one.Model.ToJson(), many.Model.ToJson());
    }

    [Fact]
    public void A_model_that_was_kept_says_the_same_the_next_time()
    {
        var first = Run(number: true).Result;
        var again = Run(number: true, model: LinkModel.Parse(first.Model.ToJson())).Result;
        Assert.Equal(first.Pairs.Count, again.Pairs.Count);
        Assert.All(first.Pairs.Zip(again.Pairs), p => Assert.True(p.First.A == p.Second.A && p.First.B == p.Second.B && Math.Abs(p.First.Weight - p.Second.Weight) < 0.01));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Who_reads_only_the_evidence_decides_as_the_weight_does_and_no_line_offends_common_sense(bool number)
    {
        var (_, result, _) = Run(number);
        var (told, against, odd) = (0, 0, new List<string>());
        foreach (var pair in result.Pairs)
        {
            var e = result.Explain(pair);
            Assert.Equal(pair.Weight, e.Start + e.Pieces.Sum(p => p.Weight) + e.Correction, 0.001);
            // Mother, telephone and address are one piece; every field stands in one.
            Assert.Equal(7 + (number ? 1 : 0), e.Pieces.SelectMany(p => p.Fields).Select(f => f.Field).Distinct().Count());
            Assert.Equal(["address", "mother", "phone"], Assert.Single(e.Pieces, p => p.Fields.Count > 1).Fields.Select(f => f.Field).Order());
            foreach (var piece in e.Pieces)
            {
                var known = piece.Fields.Select(f => f.Level).Where(l => l != "missing").ToList();
                if (known.Count == 0 ? piece.Weight != 0 : (known.All(l => l == "same") && piece.Weight < 0) || (known.All(l => l == "different") && piece.Weight > 0))
                {
                    odd.Add($"{string.Join(",", piece.Fields)} {piece.Weight}");
                }
            }

            if (pair.Settled == 0 && pair.Probability is > 0.9 or < 0.1)
            {
                told++;
                against += e.Start + e.Pieces.Sum(p => p.Weight) > 0 == pair.Weight > 0 ? 0 : 1;
            }
        }

        Assert.Empty(odd);
        Assert.True(told > 1000 && against < told * 0.02, $"{against} of {told} would be decided otherwise without the correction");
    }

    [Fact]
    public void A_few_rows_are_weighed_as_the_run_over_all_of_them_has_weighed_them()
    {
        var (table, result, _) = Run(number: true);
        var (rows, _) = Given.Province;
        var scale = new LinkScale(result.Model, LinkBook.Read(result.Book().ToBytes()));
        foreach (var some in result.Pairs.Where(p => p.Settled == 0 && p.Weight > 0).GroupBy(p => p.B).Take(150))
        {
            // Beside those the run has found, some that it has not.
            var others = some.Select(p => p.A).Concat(Enumerable.Range(some.Key % 1000, 40)).Where(a => a != some.Key).Distinct().ToList();
            var found = scale.Weigh(rows[some.Key], [.. others.Select(o => rows[o])]).ToDictionary(w => others[w.At]);
            Assert.All(some, p => Assert.Equal(p.Weight, found[p.A].Weight, 0.02));
            Assert.All(some, p => Assert.Equal(result.LevelOf(p, "born"), found[p.A].Fields.Single(f => f.Field == "born").Level));
            Assert.All(found.Values.Where(f => some.All(p => p.A != others[f.At])), f => Assert.Contains(result.Pairs, p => (p.A == others[f.At] && p.B == some.Key) || (p.B == others[f.At] && p.A == some.Key)));
        }

        Assert.Throws<LinkException>(() => LinkBook.Read([1, 2, 3]));
        Assert.NotNull(table);
    }

    [Fact]
    public void Clusters_are_no_chains_and_no_worse_than_the_pairs()
    {
        var (table, result, truth) = Run(number: false);
        var clusters = LinkClusters.Of(table, result);
        Assert.True(truth.OfClusters(clusters.ClusterOf).F1 > truth.At(0).F1 - 0.005);
        Assert.True(clusters.ClusterOf.GroupBy(c => c).Max(g => g.Count()) <= 6);
    }

    [Fact]
    public void One_doubtful_link_does_not_make_one_person_of_two_families_of_records()
    {
        // Twice three records, alike among themselves, and one pair between them.
        var weights = new List<LinkPair>();
        foreach (var (a, b) in new[] { (0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5) }) weights.Add(new(a, b, 12, 0, 0, 0));
        weights.Add(new(2, 3, 2, 0, 0, 0));
        var rows = Enumerable.Range(0, 6).Select(i => new[] { $"Trần Văn {(char)('A' + i)}n", $"{10 + i}/07/1962", "Nam", "", "", "", "", "", "" });
        var table = Given.Table(Given.Model(), rows);
        var clusters = LinkClusters.Of(table, LinkResult.Made(table, weights));
        Assert.Equal([0, 0, 0, 3, 3, 3], clusters.ClusterOf);
        Assert.Equal((2, 3), (Assert.Single(clusters.Refused).A, clusters.Refused[0].B));
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public void A_short_list_and_a_long_one_are_linked_by_the_very_pairs_that_one_list_of_both_would_have(bool shortFirst)
    {
        var (rows, _) = Given.Province;
        var whole = Linker.Run(Given.Table(Given.Model(false), rows), new LinkRunOptions());
        bool Listed(int row) => row % 11 == 0;
        var order = Enumerable.Range(0, rows.Count).OrderBy(row => Listed(row) == shortFirst ? 0 : 1).ToArray();
        var table = new LinkTable(whole.Model);
        table.Read(new Rows(order.Where(row => Listed(row) == shortFirst).Select(row => rows[row])), Given.Heads);
        table.BeginSecondList();
        table.Read(new Rows(order.Where(row => Listed(row) != shortFirst).Select(row => rows[row])), Given.Heads);
        (int, int) Pair(int a, int b) => (Math.Min(a, b), Math.Max(a, b));
        var across = whole.Pairs.Where(p => Listed(p.A) != Listed(p.B)).Select(p => Pair(p.A, p.B)).ToHashSet();
        Assert.True(across.Count > 100);
        Assert.Equal(across, Linker.Run(table, new LinkRunOptions()).Pairs.Select(p => Pair(order[p.A], order[p.B])).ToHashSet());
    }

    [Fact]
    public void Two_lists_are_linked_across_and_each_row_once()
    {
        var (rows, person) = Given.Province;
        var table = new LinkTable(Given.Model(false));
        // Rows of even number against those of odd.
        var (first, second) = (rows.Where((_, i) => i % 2 == 0).ToList(), rows.Where((_, i) => i % 2 == 1).ToList());
        table.Read(new Rows(first), Given.Heads);
        table.BeginSecondList();
        table.Read(new Rows(second), Given.Heads);
        var result = Linker.Run(table, new LinkRunOptions());
        Assert.All(result.Pairs, p => Assert.True(p.A < first.Count && p.B >= first.Count));
        var truth = new Truth(table, result, [.. person.Where((_, i) => i % 2 == 0), .. person.Where((_, i) => i % 2 == 1)]);
        Assert.True(truth.Best().F1 > 0.92, $"{truth.Best()}");

        var answers = OneToOne.Of(table, result);
        Assert.Equal(second.Count, answers.Count);
        var links = answers.Where(a => a.Link is not null).Select(a => a.Link!.Value).ToList();
        Assert.Equal(links.Count, links.Select(l => l.A).Distinct().Count());
        Assert.Equal(links.Count, links.Select(l => l.B).Distinct().Count());
        Assert.Contains(answers, a => a.Band == LinkBand.Sure);
        Assert.Contains(answers, a => a.Band == LinkBand.No);
    }

    [Fact]
    public void A_newcomer_is_found_as_the_nightly_run_finds_him_and_is_forgotten_unless_added()
    {
        var (table, result, _) = Run(number: true);
        var (rows, _) = Given.Province;
        var index = new LinkIndex(table, result.Model);
        var asked = result.Pairs.Where(p => p.Weight > 5 && p.Settled == 0).Take(300).ToList();
        foreach (var pair in asked)
        {
            var found = index.Find(rows[pair.B]);
            // Himself, and whom the run found, with the run's weight.
            Assert.Contains(found, f => f.A == pair.B);
            Assert.Equal(pair.Weight, Assert.Single(found, f => f.A == pair.A).Weight, 0.01);
        }

        string[] stranger = ["Tôn Nữ Huyền Trân Lạ", "09/09/1999", "Nữ", "Kinh", "Phường Bình Đức", "Số 9999, tổ 77", "0109999999", "Công Huyền Tôn Nữ Thị Xa", ""];
        Assert.Empty(index.Find(stranger));
        Assert.Empty(index.Find(stranger));
        var row = index.Add(stranger);
        Assert.Equal(rows.Count, row);
        Assert.Equal(row, Assert.Single(index.Find(stranger)).A);
    }

    [Fact]
    public void A_run_stops_when_it_is_told_to()
    {
        var (rows, _) = Given.Province;
        using var stop = new CancellationTokenSource();
        var table = Given.Table(Given.Model(), rows);
        Assert.ThrowsAny<OperationCanceledException>(() => Linker.Run(table, new LinkRunOptions(), new Stop(stop), stop.Token));
    }

    private sealed class Stop(CancellationTokenSource source) : IProgress<LinkProgress>
    {
        public void Report(LinkProgress value)
        {
            if (value.Stage == "compare")
            {
                source.Cancel();
            }
        }
    }
}
