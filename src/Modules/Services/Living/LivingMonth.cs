using Microsoft.Extensions.DependencyInjection;
using NpgsqlTypes;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;
using SoGoc.Places;
using SoGoc.Population;
using SoGoc.Services.Complaints;
using SoGoc.Services.Files;
using SoGoc.Services.Procedures;

namespace SoGoc.Services.Living;

/// <summary>The living month of the demonstration. Nothing is written beside the features: what they refuse does not happen.</summary>
internal sealed class LivingMonth(IServiceScopeFactory scopes, BeyondDuty reads, IReach reach, IPlaces places, TimeProvider clock) : IServicesDemonstration
{
    private const int Seed = 11;

    private static readonly IReadOnlySet<string> Everything = Enum.GetValues<ServicesPermission>().Select(p => Permission.Of(p).Code).ToHashSet();

    private sealed record Citizen(Guid Person, string Number);

    /// <summary>A file that lives, and what chance has in store for it.</summary>
    private sealed class Life(Edition edition, Citizen citizen, Channel channel)
    {
        public Procedure Procedure => edition.Procedure;
        public Edition Edition => edition;
        public Citizen Citizen => citizen;
        public Channel Channel => channel;
        public ServiceFile? File { get; set; }
    }

    private delegate Task Step(Life life, DateTimeOffset at);

    private readonly Random chance = new(Seed);
    private readonly PriorityQueue<(Life Life, Step Do), (DateTimeOffset At, long No)> ahead = new();
    private OfficeDays days = null!;
    private long asked;

    public async Task<int> Live(DateOnly from, DateTimeOffset until, int files, int? area, Action<DateTimeOffset> show, CancellationToken stop)
    {
        var (citizens, neighbours) = (await Citizens(files, null), area is null ? [] : await Citizens(files, area));
        List<Edition> editions = [];
        await Within(Actor.System("demonstration"), async s => (days, editions) = (await OfficeDays.Read(s.GetRequiredService<Session>()), [.. await s.GetRequiredService<ProcedureBook>().Published()]));
        var open = Enumerable.Range(0, OfficeTime.DayOf(until).DayNumber - from.DayNumber + 1).Select(from.AddDays).Where(days.Works).ToList();
        if (citizens.Count == 0 || open.Count == 0)
        {
            return 0;
        }

        for (var n = 0; n < files; n++)
        {
            var of = neighbours.Count > 0 && chance.Next(3) == 0 ? neighbours : citizens;
            var channel = chance.Next(10) switch { < 5 => Channel.Counter, < 9 => Channel.Online, _ => Channel.Post };
            var edition = editions[chance.Next(editions.Count)];
            // Acts are not made up: what ends in one is young enough still to be in hand.
            var day = edition.Procedure.Carries.Kind == "act" ? open[^Math.Min(open.Count, chance.Next(1, 4))] : open[chance.Next(open.Count)];
            var at = OfficeTime.At(day, new TimeOnly(7, 30)).AddMinutes(chance.Next(channel == Channel.Online ? 14 * 60 : 220));
            Later(new Life(edition, of[chance.Next(of.Count)], channel), at, HandIn);
        }

        var handed = 0;
        while (ahead.TryDequeue(out var next, out var when) && when.At < until)
        {
            stop.ThrowIfCancellationRequested();
            show(when.At);
            await next.Do(next.Life, when.At);
            handed += next.Do == HandIn && next.Life.File is not null ? 1 : 0;
        }

        show(until);
        return handed;
    }

    private void Later(Life life, DateTimeOffset at, Step what) => ahead.Enqueue((life, what), (at, asked++));

    private async Task HandIn(Life life, DateTimeOffset at)
    {
        var (procedure, answers, once) = (life.Procedure, Answers(life.Procedure, at), Guid.CreateVersion7(at));
        if (life.Channel == Channel.Online)
        {
            await Within(Of(life.Citizen), async s =>
            {
                var subject = await s.GetRequiredService<IPopulation>().Find(life.Citizen.Person);
                life.File = subject is null ? null : (await s.GetRequiredService<Runner>().Run<NewFile, ServiceFile>(f => f.Enter(new Handed(life.Edition, life.Citizen.Person, life.Citizen.Person, subject, Channel.Online, answers, once, null)))).Value;
            });
        }
        else
        {
            await Within(Official("Trung tâm Phục vụ hành chính công tỉnh"), async s =>
            {
                var taken = await s.GetRequiredService<Runner>().Run<TakeInFile, TakeInFile.TakenIn>(f => f.Run(new TakeInFile.Request(procedure.Code, life.Citizen.Number, answers, once, ByPost: life.Channel == Channel.Post)));
                life.File = taken.Ok(out var done) ? (await s.GetRequiredService<Runner>().Run<FileBook, ServiceFile>(f => f.Find(done.Code))).Value : null;
            });
        }

        if (life.File is null)
        {
            return;
        }

        await Within(life.Channel == Channel.Online ? Of(life.Citizen) : Official("Trung tâm Phục vụ hành chính công tỉnh"), s => s.GetRequiredService<Runner>().Run<PayFees, Done>(f => f.Run(life.File.Code, life.Channel == Channel.Online)));
        if (life.Channel == Channel.Online)
        {
            // A few are left lying longer than the eight hours that the law gives for an answer.
            Later(life, days.After(at, TimeSpan.FromMinutes(chance.Next(10) == 0 ? chance.Next(480, 1400) : chance.Next(20, 300))), Receive);
            if (chance.Next(40) == 0)
            {
                Later(life, at.AddHours(chance.Next(2, 30)), Withdraw);
            }
        }
        else
        {
            Later(life, days.After(at, TimeSpan.FromMinutes(chance.Next(30, 500))), Take);
        }
    }

    private async Task Receive(Life life, DateTimeOffset at)
    {
        if (await Did<ReceiveFile, ReceiveFile.Received>(life, f => f.Run(new ReceiveFile.Request(life.File!.Code))))
        {
            Later(life, days.After(at, TimeSpan.FromMinutes(chance.Next(30, 500))), Take);
        }
    }

    private async Task Take(Life life, DateTimeOffset at)
    {
        if (!await Did<TakeFile, Done>(life, f => f.Run(new TakeFile.Request(life.File!.Code))))
        {
            return;
        }

        var total = life.Procedure.Term is var term && term.InHours ? TimeSpan.FromHours(term.Length) : TimeSpan.FromHours(8 * Math.Max(1, term.Length));
        DateTimeOffset Part(double least, double most) => days.After(at, total * (least + (chance.NextDouble() * (most - least))));
        switch (chance.Next(100))
        {
            case < 4: Later(life, Part(0.1, 0.4), Refuse); break;
            case < 11: Later(life, Part(0.05, 0.3), AskMore); break;
            case < 17: Later(life, Part(0.5, 0.7), Promise); break;
            case < 25: Later(life, Part(1.05, 1.6), Decide); break;
            default: Later(life, Part(0.15, 0.8), Decide); break;
        }
    }

    private Task Refuse(Life life, DateTimeOffset at) => Did<RefuseFile, Done>(life, f => f.Run(new RefuseFile.Request(life.File!.Code, "Hồ sơ minh họa chưa đủ điều kiện. Hãy nộp lại khi có đủ giấy tờ, nơi tiếp nhận sẽ hướng dẫn.")));

    private async Task AskMore(Life life, DateTimeOffset at)
    {
        if (await Did<AskSupplement, AskSupplement.Asked>(life, f => f.Run(new AskSupplement.Request(life.File!.Code, "Hãy ghi rõ lại nội dung đề nghị và số điện thoại liên hệ (hồ sơ minh họa)."))) && chance.Next(5) > 0)
        {
            Later(life, at.AddHours(chance.Next(20, 90)), Supplement);
        }
    }

    private async Task Supplement(Life life, DateTimeOffset at)
    {
        if (await Did<MakeSupplement, Done>(life, f => f.Run(new MakeSupplement.Request(life.File!.Code, life.File.Answers.ToDictionary(a => a.Key, a => (string?)a.Value))), Of(life.Citizen)))
        {
            Later(life, days.After(at, TimeSpan.FromHours(chance.Next(2, 12))), Decide);
        }
    }

    private async Task Promise(Life life, DateTimeOffset at)
    {
        var day = days.After(OfficeTime.DayOf(life.File!.FirstDue ?? at), chance.Next(1, 4));
        await Did<Apologise, Done>(life, f => f.Run(new Apologise.Request(life.File.Code, day, "Nhiều hồ sơ cùng lúc (minh họa)")));
        Later(life, days.Closes(day).AddHours(-chance.Next(1, 3)), Decide);
    }

    private async Task Decide(Life life, DateTimeOffset at)
    {
        if (!await Did<DecideFile, FileDecisions.Decided>(life, f => f.Run(new DecideFile.Request(life.File!.Code, $"{chance.Next(1, 900)}/KQ-MH"))))
        {
            return;     // the act decides it
        }

        if (chance.Next(5) > 0)
        {
            Later(life, days.After(at, TimeSpan.FromHours(chance.Next(1, 10))), Return);
        }
    }

    private async Task Return(Life life, DateTimeOffset at)
    {
        await Did<ReturnResult, Done>(life, f => f.Run(new ReturnResult.Request(life.File!.Code, life.Channel == Channel.Post ? "post" : "counter")));
        if (chance.Next(2) == 0)
        {
            Later(life, at.AddHours(chance.Next(1, 48)), Rate);
        }

        if (chance.Next(25) == 0)
        {
            Later(life, at.AddHours(chance.Next(2, 60)), Complain);
        }
    }

    private Task Rate(Life life, DateTimeOffset at) => Did<RateFile, Done>(life, f => f.Run(new RateFile.Request(life.File!.Code, (short)(chance.Next(20) switch { 0 => 1, 1 => 2, < 4 => 3, < 9 => 4, _ => 5 }))), Of(life.Citizen));

    private async Task Complain(Life life, DateTimeOffset at)
    {
        if (await Did<Complain, Done>(life, f => f.Run(new Complaints.Complain.Request(life.File!.Code, "Tôi phải đi lại hai lần mới nhận được kết quả (phản ánh minh họa).")), Of(life.Citizen)) && chance.Next(4) > 0)
        {
            Later(life, days.After(at, TimeSpan.FromHours(chance.Next(8, 90))), Answer);
        }
    }

    private Task Answer(Life life, DateTimeOffset at) => Did<AnswerComplaint, Done>(life, f => f.Run(new AnswerComplaint.Request(life.File!.Code, "Cơ quan xin lỗi và đã nhắc bộ phận trả kết quả gọi điện trước cho người dân (trả lời minh họa).")));

    private Task Withdraw(Life life, DateTimeOffset at) => Did<WithdrawFile, Done>(life, f => f.Run(new WithdrawFile.Request(life.File!.Code, "Không còn nhu cầu (minh họa)")), Of(life.Citizen));

    private async Task<bool> Did<TFeature, T>(Life life, Func<TFeature, Task<Outcome<T>>> run, Actor? who = null) where TFeature : class
    {
        var good = false;
        await Within(who ?? Official(life.File!.Office), async s => good = (await s.GetRequiredService<Runner>().Run(run)).IsGood);
        return good;
    }

    private async Task Within(Actor who, Func<IServiceProvider, Task> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Set(who);
        await work(scope.ServiceProvider);
    }

    /// <summary>An office of the demonstration that has the whole province before it, so that no commune needs officials of its own.</summary>
    private static Actor Official(string office) => Actor.System("demonstration") with { Office = office, Permissions = Everything };

    private static Actor Of(Citizen citizen) => Actor.Citizen(citizen.Person, "minh họa", citizen.Person, 2);

    private async Task<List<Citizen>> Citizens(int most, int? area) => await reads.Rows("""
        select p.id, p.number from population.report_person p join population.report_residence h on h.person_id = p.id and h.kind = 'permanent' and upper_inf(h.valid)
         where p.status = 'living' and p.merged_into is null and p.confidential = 0 and p.number is not null and p.born_latest < $3 and ($2::integer[] is null or h.area_id = any($2)) order by md5(p.id::text) limit $1
        """, r => new Citizen(r.GetGuid(0), r.GetString(1)), most, reach.Versions(area).As(NpgsqlDbType.Array | NpgsqlDbType.Integer), clock.Today().AddYears(-20));

    /// <summary>Something plausible for each field that is asked.</summary>
    private Dictionary<string, string?> Answers(Procedure procedure, DateTimeOffset at) => procedure.Fields.Where(f => f.Asked).ToDictionary(f => f.Name, f => f.Ask switch
    {
        Ask.Date when f.NotBefore is not null => OfficeTime.DayOf(at).AddDays(chance.Next(400, 700)).Shown(),
        Ask.Date when f.Day is DayRule.Visit => days.After(OfficeTime.DayOf(at), chance.Next(1, 20)).Shown(),
        Ask.Date => OfficeTime.DayOf(at).AddDays(chance.Next(1, 30) * (f.Day is DayRule.Past ? -1 : 1)).Shown(),
        Ask.Choice => f.Choices!.Where(c => c.When is null).ElementAt(chance.Next(f.Choices!.Count(c => c.When is null))).Code,
        Ask.Count => "1",
        Ask.Yes => "true",
        Ask.Phone => $"0900{chance.Next(1_000_000):000000}",
        Ask.Commune => places.Book.All.Where(a => a.Level == AreaLevel.Commune && a.Valid.Holds(OfficeTime.DayOf(at)) && places.Book.Province(a)?.Id == places.Book.Home(OfficeTime.DayOf(at))?.Id).ElementAt(chance.Next(100)).Code,
        Ask.Person => null,
        // What the form itself gives as an example is what people write.
        _ => f.Hint?.Split("Ví dụ", 2) is [_, var example] ? example.TrimStart(':', ' ').Split([',', ';'])[0].Trim() : "Nội dung minh họa",
    });
}
