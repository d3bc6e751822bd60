using System.Runtime.Versioning;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Testing;

namespace SoGoc.Kernel.Tests;

/// <summary>Two requests in each other's way.</summary>
[SupportedOSPlatform("linux")]
public sealed class ClashTests(Town town) : IClassFixture<Town>
{
    private static readonly string[] Fields = ["identity"];

    [Fact]
    public async Task Of_two_requests_that_wait_for_each_other_in_a_circle_both_are_done_and_what_was_read_is_told_once()
    {
        var (attempts, subject) = (0, await town.Enter(People.Someone(1, "1990-01-01")));
        var meet = new Meeting();
        async Task<Outcome<Done>> Work(IServiceProvider scope, int first, int second)
        {
            var once = Interlocked.Increment(ref attempts) <= 2;
            var session = (Session)scope.GetService(typeof(Session))!;
            await ((Journal)scope.GetService(typeof(Journal))!).Disclose([subject], Fields, "one-stop", $"VA-{first}");
            await session.Execute("select pg_advisory_xact_lock($1)", (long)first);
            await (once ? meet.Wait() : Task.CompletedTask);
            await session.Execute("select pg_advisory_xact_lock($1)", (long)second);
            await session.Execute("insert into kernel.answer (actor, key, route, request, at) values ('thu', $1, '/thu', '\\x00', now())", $"va-cham-{first}");
            return Done.It;
        }

        var both = await Task.WhenAll(town.Ask<IServiceProvider, Done>(s => Work(s, 71, 72), Clerk), town.Ask<IServiceProvider, Done>(s => Work(s, 72, 71), Clerk));
        Assert.All(both, o => Assert.True(o.IsGood, string.Join(' ', o.Problems.Select(p => p.Code))));
        Assert.Equal(3, attempts);
        Assert.Equal(2, await town.Value<long>("select count(*) from kernel.answer where key like 'va-cham-%'"));
        Assert.Equal(2, await town.Value<long>("select count(*) from journal.disclosure where subject = $1 and case_ref like 'VA-%'", subject));
    }

    [Fact]
    public async Task What_has_made_something_durable_before_is_not_done_twice()
    {
        var attempts = 0;
        var meet = new Meeting();
        async Task<Outcome<Done>> Work(Session session, int first, int second)
        {
            Interlocked.Increment(ref attempts);
            await session.Execute("insert into kernel.answer (actor, key, route, request, at) values ('thu', $1, '/thu', '\\x00', now())", $"buoc-{first}");
            await session.Commit();
            await session.Execute("select pg_advisory_xact_lock($1)", (long)first);
            await meet.Wait();
            await session.Execute("select pg_advisory_xact_lock($1)", (long)second);
            return Done.It;
        }

        var both = await Task.WhenAll(town.Ask<Session, Done>(s => Work(s, 81, 82)), town.Ask<Session, Done>(s => Work(s, 82, 81)));
        Assert.Equal(2, attempts);
        Assert.Equal("kernel.database-busy", Assert.Single(both, o => !o.IsGood).Problems.Single().Code);
    }

    private static Actor Clerk => new("official:11111111-1111-1111-1111-111111111111", "Đỗ Thị Thử", "XA", new HashSet<string>(), [], true);

    /// <summary>The first who comes waits for the second.</summary>
    private sealed class Meeting
    {
        private readonly TaskCompletionSource both = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int here;

        public Task Wait()
        {
            if (Interlocked.Increment(ref here) == 2)
            {
                both.SetResult();
            }

            return both.Task;
        }
    }
}
