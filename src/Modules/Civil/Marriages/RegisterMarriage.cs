using SoGoc.Civil.Acts;
using SoGoc.Civil.Books;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Civil.Marriages;

/// <summary>Looks at a marriage before it is decided. Enters nothing; a case is opened, for which the two are read.</summary>
internal sealed class CheckMarriage(MarriageRules rules, ActDesk desk)
{
    public Task<Outcome<ActChecked>> Run(MarriageDeclaration d) => desk.Check(() => rules.Judge(d, toAct: false));
}

/// <summary>Registers a marriage (Luật Hộ tịch 60/2014, articles 17 and 18): both are married, each is named in the other's record, one moves in with the other where they say so, the book has the entry; all of it, or nothing.</summary>
internal sealed class RegisterMarriage(MarriageRules rules, ActDesk desk, IPopulation population, BookKeeper books, TimeProvider clock)
{
    private const string Law = "Luật Hộ tịch 60/2014/QH13, điều 18";

    public Task<Outcome<ActRegistered>> Run(MarriageDeclaration d) => desk.Decide(d, () => rules.Judge(d, toAct: true), j => Carry(d, j));

    private async Task<Outcome<BookEntry>> Carry(MarriageDeclaration d, JudgedMarriage j)
    {
        var (husband, wife, ground) = (j.Husband!, j.Wife!, $"Tờ khai đăng ký kết hôn; {Law}");
        var doing = new Doing(population, ground);
        await doing.Marries(husband, wife.As(KinKind.Spouse, husband.NextKin), clock.Today());
        await doing.Marries(wife, husband.As(KinKind.Spouse, wife.NextKin), clock.Today());
        await MoveIn(d, husband, wife, doing);
        if (doing.Problems.Count > 0)
        {
            return doing.Problems;
        }

        return await books.Enter(new NewEntry("marriage", j.Office!.Id, husband.Record!.Value, [(husband.Record.Value, "husband"), (wife.Record!.Value, "wife")]),
            no => new MarriageRegistered(no, j.Office.Id, clock.Today(), j.People.First(p => p.Part == "husband"), j.People.First(p => p.Part == "wife"), d.HusbandTime, d.WifeTime, d.Household!,
                j.Warnings.Count > 0 ? [.. j.Warnings.Select(w => w.Code)] : null), ground);
    }

    /// <summary>One becomes a member of the other's household, and resides where it is.</summary>
    private async Task MoveIn(MarriageDeclaration d, Party husband, Party wife, Doing doing)
    {
        if (d.Household == MarriageDeclaration.Stay)
        {
            return;
        }

        var (host, guest) = d.Household == MarriageDeclaration.WithHusband ? (husband, wife) : (wife, husband);
        var (of, home, today) = (host.State.Memberships.First(m => m.Until is null), population.InForce(host.State.Residences.First(r => r.Kind == ResidenceKind.Permanent && (r.Until is null || r.Until > clock.Today()))), clock.Today());
        if (guest.State.Memberships.FirstOrDefault(m => m.Until is null)?.Household == of.Household)
        {
            return;
        }

        await doing.Act(guest.Record!.Value, new HouseholdJoined(of.Household, Relation(of.Relation, guest), today));
        await doing.Act(guest.Record.Value, new ResidenceBegan(ResidenceKind.Permanent, home.Area, home.Detail, today));
    }

    /// <summary>What the husband or wife of such a member is to the head.</summary>
    private static string Relation(string hosts, Party guest) => hosts switch
    {
        Relations.Head => guest.Facts.Sex == 1 ? Relations.Husband : Relations.Wife,
        Relations.Child or "11" or Relations.ChildOfSpouse => Relations.ChildInLaw,
        Relations.ElderBrother or Relations.ElderSister or Relations.YoungerSibling => Relations.SpouseOfSibling,
        _ => Relations.OtherKin,
    };
}
