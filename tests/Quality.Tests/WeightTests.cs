using System.Runtime.Versioning;
using SoGoc.Kernel.Data;
using SoGoc.Linkage;
using SoGoc.Quality.Duplicates;
using SoGoc.Testing;

namespace SoGoc.Quality.Tests;

/// <summary>What the register's own model makes of two records.</summary>
[SupportedOSPlatform("linux")]
public sealed class WeightTests(Town town) : IClassFixture<Town>
{
    /// <summary>Of two who bear one name and were born on one day, whatever else is the same never weighs less than if it were not known.</summary>
    [Theory]
    [InlineData(3_000, "Lương Thị Mẫn", "12/03/1981")]
    [InlineData(3_000, "Lương Thị Mân", "12/03/1981")]
    [InlineData(1_000_000, "Lương Thị Mẫn", "1981")]
    [InlineData(1_000_000, "Lương Thị Mân", "12/03/1981")]
    public async Task More_that_is_the_same_never_weighs_less(long rows, string name, string born)
    {
        var model = RegisterModel.For(await town.Do<Session, LinkModel>(async s => await RegisterModel.Of(s)), rows);
        var scale = new LinkScale(model, LinkBook.Empty);
        string[] known = ["Trần Thị Nguyệt", "0900123456", "Số 5, tổ 2, ấp Mẫu Một", "77"];
        double Weight(int same) => scale.Weigh(["Lương Thị Mẫn", "12/03/1981", "2", .. known, "01", ""], [[name, born, "2", .. known.Select((v, at) => (same >> at & 1) == 1 ? v : ""), "01", ""]], -100).Single().Weight;
        for (var same = 0; same < 16; same++)
        {
            for (var more = 0; more < 4; more++)
            {
                Assert.True(Weight(same | (1 << more)) >= Weight(same) - 1e-4, $"{same:b4} and {more}: {Weight(same)} → {Weight(same | (1 << more))}");
            }
        }
    }
}
