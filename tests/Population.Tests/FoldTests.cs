using System.Text.Json;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Population.Persons;
using SoGoc.Population.Verification;
using SoGoc.Testing;

namespace SoGoc.Population.Tests;

/// <summary>The stored record is the fold of the journal, whatever happens to a person.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class FoldTests(Town town) : IClassFixture<Town>
{
    private static readonly Gen<(Func<Scene, PersonState> Enter, (Act Act, Func<PersonState, Scene, IPersonEntry?> Make)[] Acts)> Lives =
        Gen.Select(Act.Entered, Gen.OneOf([.. Act.All.Select(a => a.Some.Select(make => (Act: a, Make: make)))]).Array[0, 14]);

    [Fact]
    public void Every_kind_of_entry_has_acts_to_be_tested_with() =>
        Assert.Equal(PersonFold.KindsKnown.Order(), Act.All.Select(a => a.Kind).Append(PersonEntered.Kind).Order());

    [Fact]
    public async Task The_stored_row_is_the_fold_of_the_journal_after_any_sequence_of_acts()
    {
        var done = new Dictionary<string, int>();
        await Lives.SampleAsync(async life =>
        {
            var scene = await NewScene();
            var id = await town.Enter(life.Enter(scene));
            var state = (await Stored(id))!;
            foreach (var (act, make) in life.Acts)
            {
                if (make(state, scene) is not { } entry)
                {
                    continue;
                }

                var outcome = await town.Ask<IPopulation, PersonState>(p => act.Ask(p, id, entry));
                if (state.MergedInto is not null && entry is not PersonSeparated)
                {
                    Assert.Equal("population.record-merged", Assert.Single(outcome.Problems).Code);
                    continue;
                }

                Assert.True(outcome.Ok(out var after), $"{act.Kind} {JsonSerializer.Serialize<object>(entry, Journal.Json)}: {string.Join(' ', outcome.Problems)}");
                Assert.Equal(VerifyRegister.Written(PersonFold.Apply(state, entry)), VerifyRegister.Written(after));
                state = after;
                done[act.Kind] = done.GetValueOrDefault(act.Kind) + 1;
            }

            var entries = await town.Rows("select kind, body::text from journal.entry where subject = $1 order by position", r => PersonFold.Read(r.GetString(0), r.GetString(1))!, id);
            Assert.Equal(VerifyRegister.Written(PersonFold.Fold(entries)), VerifyRegister.Written((await Stored(id))!));
            Assert.Equal(VerifyRegister.Written(state), VerifyRegister.Written((await Stored(id))!));
        }, seed: Given.Seed, iter: 100, threads: 1, print: life => string.Join(", ", life.Acts.Select(a => a.Act.Kind)));
        Assert.Equal(Act.All.Select(a => a.Kind).Order(), done.Keys.Order());
        Assert.Empty((await town.Verify()).Differences);
    }

    [Fact]
    public void An_entry_is_read_from_the_journal_as_it_was_written()
    {
        var scene = new Scene([Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid()], [Guid.NewGuid()], Guid.NewGuid(), [1, 2]);
        Gen.Select(Act.Entered, Gen.Bool, Gen.Int[0, int.MaxValue]).Sample((enter, listed, row) => Same(new PersonEntered(enter(scene), listed ? Guid.NewGuid() : null, listed ? row : null)),
            seed: Given.Seed, iter: 300);
        foreach (var act in Act.All)
        {
            Gen.Select(Act.Entered, act.Some).Sample((enter, make) =>
            {
                var state = enter(scene);
                foreach (var before in new[] { state, state with { MergedInto = scene.Elders[0], Status = PersonStatus.Merged } })
                {
                    if (make(before, scene) is { } entry)
                    {
                        Same(entry);
                    }
                }
            }, seed: Given.Seed, iter: 200);
        }
    }

    private static void Same(IPersonEntry entry)
    {
        var kind = entry is PersonEntered ? PersonEntered.Kind : Act.All.Single(a => a.Kind == KindOf(entry)).Kind;
        var written = JsonSerializer.Serialize<object>(entry, Journal.Json);
        var read = PersonFold.Read(kind, written);
        Assert.Equal(entry.GetType(), read?.GetType());
        Assert.Equivalent(entry, read, strict: true);
        Assert.Equal(written, JsonSerializer.Serialize<object>(read!, Journal.Json));
    }

    private static string KindOf(IPersonEntry entry) => (string)typeof(FoldTests).GetMethod(nameof(Kind), System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)!
        .MakeGenericMethod(entry.GetType()).Invoke(null, null)!;

    private static string Kind<T>() where T : IEntry => T.Kind;

    private async Task<PersonState?> Stored(Guid id) => (await town.Do<Session, Dictionary<Guid, PersonState>>(async s => await PersonRows.Load(s, [id]))).GetValueOrDefault(id);

    private async Task<Scene> NewScene()
    {
        var elders = new[] { await town.Enter(People.Someone(1, "1930")), await town.Enter(People.Someone(2, "1931-04")), await town.Enter(People.Someone(1, "1932-05-06")) };
        return new Scene(elders, [await town.Household(), await town.Household()], await town.Household(), [.. town.Places.All.Take(3).Select(a => a.Id)]);
    }
}
