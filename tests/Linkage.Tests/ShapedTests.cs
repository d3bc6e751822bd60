namespace SoGoc.Linkage.Tests;

/// <summary>Lists that are not Vietnamese, of any columns: models of ten lines, and guessed ones, find nearly all.</summary>
public sealed class ShapedTests
{
    [Theory]
    [InlineData("febrl")]
    [InlineData(null)]
    public void Five_thousand_records_of_two_thousand_people_are_sorted_out(string? model)
    {
        var (rows, person) = new Shaped(3).Household(2000, 3000, slips: 4);
        var table = Given.Table(Model(model, Shaped.Febrl, rows), rows, Shaped.Febrl);
        var result = Linker.Run(table, new LinkRunOptions());
        var truth = new Truth(table, result, person);
        Assert.True(truth.Best().F1 >= 0.9994, $"{truth.Best()}, never seen {truth.NeverSeen()}");
        // Nobody is chained to another.
        var clusters = LinkClusters.Of(table, result);
        Assert.True(truth.OfClusters(clusters.ClusterOf).F1 >= 0.9994, $"{truth.OfClusters(clusters.ClusterOf)}");
    }

    [Theory]
    [InlineData("febrl")]
    [InlineData(null)]
    public void Two_lists_of_five_thousand_find_each_other_without_a_mistake(string? model)
    {
        var shaped = new Shaped(4);
        var (rows, person) = shaped.Household(5000, 0, slips: 0);
        var other = shaped.Again(rows, slips: 2);
        var table = new LinkTable(Model(model, Shaped.Febrl, rows));
        table.Read(new Rows(rows), Shaped.Febrl);
        table.BeginSecondList();
        table.Read(new Rows(other), Shaped.Febrl);
        var truth = new Truth(table, Linker.Run(table, new LinkRunOptions()), [.. person, .. person]);
        Assert.True(truth.Best().F1 >= 0.9999, $"{truth.Best()}, never seen {truth.NeverSeen()}");
    }

    [Theory]
    [InlineData("rldata")]
    [InlineData(null)]
    public void Names_and_birthdays_alone_are_enough_for_most(string? model)
    {
        var (rows, person) = new Shaped(5).NamesOnly(9000);
        var table = Given.Table(Model(model, Shaped.RlData, rows), rows, Shaped.RlData);
        var truth = new Truth(table, Linker.Run(table, new LinkRunOptions()), person);
        Assert.True(truth.Best().F1 >= 0.957, $"{truth.Best()}, never seen {truth.NeverSeen()}");
    }

    private static LinkModel Model(string? name, string[] heads, List<string[]> rows) =>
        name is null ? ModelGuess.From(heads, rows) : LinkModel.Parse(File.ReadAllText(Path.Combine(Given.Root(), "src", "Linkage", "models", $"{name}.json")));
}
