using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NpgsqlTypes;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Text;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Population.Branches;
using SoGoc.Population.Numbers;

namespace SoGoc.Population.Persons;

/// <summary>The register itself: every change is an entry, the fold of it, and the rows the fold makes, in one transaction.</summary>
internal sealed class Register(Session session, Provenance provenance, SettledRole settled, CurrentActor actor, IPlaces places, Codes.Codes codes, TimeProvider clock) : IPopulation
{
    private readonly Dictionary<Guid, PersonState> held = [];
    private object? heldIn;

    public async Task<PersonState?> Find(Guid person) => Held.GetValueOrDefault(person) ?? (await PersonRows.Load(session, [person])).GetValueOrDefault(person);

    public async Task<PersonState?> Hold(Guid person) => (await HoldAll([person])).GetValueOrDefault(person);

    /// <summary>Records that this transaction has entered or locked, as it has made them: nobody else changes them before it ends, and so they are not read again.</summary>
    private Dictionary<Guid, PersonState> Held
    {
        get
        {
            if (!ReferenceEquals(heldIn, session.Current))
            {
                held.Clear();
                heldIn = session.Current;
            }

            return held;
        }
    }

    private async Task<Dictionary<Guid, PersonState>> HoldAll(Guid[] persons)
    {
        if (persons.Any(p => !Held.ContainsKey(p)))
        {
            foreach (var (id, state) in await PersonRows.Load(session, [.. persons.Where(p => !Held.ContainsKey(p))], hold: true))
            {
                Held[id] = state;
            }
        }

        return Held;
    }

    /// <summary>Holds the record until the transaction ends, and tells its version: the position of its last entry. Null when there is none.</summary>
    public async Task<long?> Version(Guid person) =>
        await session.Value<Guid>("select id from population.person where id = $1 for no key update", person) == person
            ? await session.Value<long>("select max(position) from journal.entry where subject = $1", person) : null;

    public (string? Written, string? Today) Address(Residence at) => AddressLine.Of(places.Book, at.Area, at.Detail, clock.Today());

    public Residence InForce(Residence at) => AddressLine.InForce(places.Book, at, clock.Today());

    public async Task<Guid?> Answering(PersonalNumber number)
    {
        const string sql = """
            with recursive answering(id, into_id) as (
              select p.id, p.merged_into from population.person p
               where p.number = $1 or p.id = (select person_id from population.former_number where number = $1)
              union all
              select p.id, p.merged_into from answering a join population.person p on p.id = a.into_id)
            select id from answering where into_id is null
            """;
        return await session.Value<Guid>(sql, number.ToString()) is var id && id != Guid.Empty ? id : null;
    }

    public async Task<Outcome<PersonFacts>> Written(PersonFacts facts)
    {
        var (told, _, problems) = Correction.Read(facts, [], new PersonFacts(), await codes.Book(), clock.Today());
        return problems.Count > 0 ? problems : told;
    }

    public Task<IReadOnlyList<Offspring>> ChildrenOf(Guid person) => session.BeyondDuty<IReadOnlyList<Offspring>>(async () => await session.Rows("""
        select p.id, p.full_name, p.born_earliest, p.born_precision from population.person p
         where p.merged_into is null and p.status <> 'cancelled' and p.id in (
           select k.person_id from population.kin k where k.kin_id = $1 and k.kind in ('father', 'mother')
           union select k.person_id from population.kin k join population.person a on a.number = k.number where a.id = $1 and k.kind in ('father', 'mother'))
         order by p.born_earliest, p.id
        """, r => new Offspring(r.GetGuid(0), r.GetString(1), PartialDate.Stored(r.Maybe<DateOnly>(2), r.Maybe<short>(3))), person));

    public Task<HouseholdState?> Household(Guid household) => session.Row("select file_number, area_id, detail, opened_on, closed_on from population.household where id = $1",
        r => new HouseholdState(r.Text(0), r.Maybe<int>(1), r.Text(2), r.Maybe<DateOnly>(3), r.Maybe<DateOnly>(4)), household);

    public Task<IReadOnlyList<Guid>> MembersOf(Guid household) => session.BeyondDuty<IReadOnlyList<Guid>>(async () => await session.Rows("""
        select m.person_id from population.member m join population.person p on p.id = m.person_id where m.household_id = $1 and upper_inf(m.valid) order by p.born_earliest nulls last, p.id
        """, r => r.GetGuid(0), household));

    public Task RecordHousehold(Guid household, HouseholdState state, string ground) => session.BeyondDuty(() => Record(household, new HouseholdRecorded(state), Sign(ground)));

    public async Task<Outcome<Guid>> Enter(PersonState person, string ground)
    {
        var id = Guid.CreateVersion7(clock.GetUtcNow());
        var now = Recognisable(person);
        await EnterAll([(id, now)], [(id, new PersonEntered(now))], Sign(ground));
        return id;
    }

    private Signature Sign(string ground) => new(clock.GetUtcNow(), actor.Value.Reference, actor.Value.Office, ground);

    /// <summary>Many new persons with their entries, as lists bring them.</summary>
    public Task EnterAll(IReadOnlyList<(Guid Id, PersonState State)> persons, IReadOnlyList<(Guid Id, PersonEntered Entry)> entries, Signature by) => session.BeyondDuty(async () =>
    {
        var (connection, with) = (await session.Open(), new Statements());
        if (persons is [var (id, state)])
        {
            PersonCopy.Insert(with, id, state);
            PersonCopy.Entry(with, entries[0].Id, PersonEntered.Kind, JsonSerializer.Serialize(entries[0].Entry, Journal.Json), by);
            Held[id] = state;
        }
        else
        {
            await PersonCopy.Persons(connection, persons);
            await PersonCopy.Parts(connection, persons);
            await PersonCopy.Entries(connection, entries, by);
        }

        Names(with, persons.Select(p => p.State.Facts.FullName!));
        await session.Execute(with);
        if (await Role() == RegisterRole.Branch)
        {
            await Provenance.Whole(connection, persons.Select(p => p.Id), by.From.Name, by.From.AsOf);
        }
    });

    public Task<Outcome<PersonState>> Act<TEntry>(Guid person, TEntry entry, string ground) where TEntry : IPersonEntry =>
        ActAs(person, entry, TEntry.Kind, JsonSerializer.Serialize(entry, Journal.Json), Sign(ground));

    /// <summary>A person whom another register has entered, under the key it has there.</summary>
    public async Task<Outcome<PersonState>> EnterAs(Guid person, PersonEntered entry, Signature by)
    {
        await EnterAll([(person, entry.Person)], [(person, entry)], by);
        return entry.Person;
    }

    public Task<HouseholdWithMembers?> Household(Guid household, DateOnly on, bool hold = false) => session.BeyondDuty(() => session.Row($"""
        select h.id, h.file_number, h.area_id, h.detail, h.opened_on, h.closed_on,
               array(select m.person_id from population.member m where m.household_id = h.id and m.valid @> $2 order by m.person_id)
          from population.household h where h.id = $1 {(hold ? "for no key update of h" : "")}
        """, r => new HouseholdWithMembers(r.GetGuid(0), new HouseholdState(r.Text(1), r.Maybe<int>(2), r.Text(3), r.Maybe<DateOnly>(4), r.Maybe<DateOnly>(5)), r.Get<Guid[]>(6)), household, on));

    public async Task<IReadOnlyList<(string Code, string Name)>> Codes(string list) => (await codes.Book()).All(list);

    /// <summary>A household opened, or what is known of it now.</summary>
    public async Task Record(Guid household, HouseholdRecorded entry, Signature by)
    {
        var h = entry.Household;
        await session.Execute("""
            insert into population.household (id, file_number, area_id, detail, opened_on, closed_on) values ($1, $2, $3, $4, $5, $6)
            on conflict (id) do update set (file_number, area_id, detail, opened_on, closed_on) = (excluded.file_number, excluded.area_id, excluded.detail, excluded.opened_on, excluded.closed_on)
            """, household, h.FileNumber, h.Area.As(NpgsqlDbType.Integer), h.Detail, h.OpenedOn.As(NpgsqlDbType.Date), h.ClosedOn.As(NpgsqlDbType.Date));
        await PersonCopy.Entries(await session.Open(), [(household, entry)], by);
    }

    /// <summary>Writes an act, signed by whoever did it, here or in another register.</summary>
    public async Task<Outcome<PersonState>> ActAs(Guid person, IPersonEntry entry, string kind, string body, Signature by)
    {
        // Both records of a merger are held, in the order of their keys, so that two mergers cannot close a circle.
        var into = (entry as PersonMerged)?.Into;
        var held = await HoldAll(into is { } i ? [person, i] : [person]);
        if (!held.TryGetValue(person, out var before) || (into is { } key && !held.ContainsKey(key)))
        {
            return Problem.Missing("population.no-person");
        }

        if (PersonFold.Refusal(before, entry) is { } refusal)
        {
            return refusal;
        }

        if (into is { } target && (target == person || held[target].MergedInto is not null))
        {
            return Problem.Conflict(target == person ? "population.merged" : "population.merged-into-merged");
        }

        var after = PersonFold.Apply(before, entry);
        var with = new Statements();
        PersonCopy.Change(with, person, before, after);
        Names(with, before.Facts.FullName == after.Facts.FullName ? [] : [after.Facts.FullName!]);
        PersonCopy.Entry(with, person, kind, body, by);
        await session.BeyondDuty(() => session.Execute(with));
        held[person] = after;
        if (await Role() == RegisterRole.Branch)
        {
            await session.BeyondDuty(() => provenance.Fields(person, Provenance.Told(entry), by.From.Name, by.From.AsOf));
        }

        return after;
    }

    public Task<Outcome<PersonalNumber>> Allot(Guid person, string placeCode, string ground) =>
        Number(person, placeCode, state => state.Facts.Number is { } has ? Problem.Conflict("population.has-number", has.ToString()) : null, (_, free) => Act(person, new NumberAllotted(free), ground));

    public Task<Outcome<PersonalNumber>> Renumber(Guid person, string placeCode, string reason, string ground) =>
        Number(person, placeCode, state => state.Facts.Number is null ? Problem.Conflict("population.number-not-present", "?") : null, (state, free) => Act(person, new NumberReplaced(state.Facts.Number!.Value, free, reason), ground));

    /// <summary>Takes a number that nobody has or had and writes it into the record.</summary>
    private async Task<Outcome<PersonalNumber>> Number(Guid person, string placeCode, Func<PersonState, Problem?> refusal, Func<PersonState, PersonalNumber, Task<Outcome<PersonState>>> write)
    {
        if (await Role() == RegisterRole.Branch)
        {
            return Problem.Conflict("population.branch-cannot-allot");
        }

        if (!PersonalNumber.PlaceExists(places.Book, placeCode))
        {
            return Problem.Invalid(nameof(placeCode), "population.number-place-never-existed", placeCode);
        }

        // Held from here on, so that two clerks do not give one person two numbers.
        if (await Hold(person) is not { } state)
        {
            return Problem.Missing("population.no-person");
        }

        if (refusal(state) is { } problem)
        {
            return problem;
        }

        if (state.Facts is not { Born.Year: >= PersonalNumber.FirstYear and <= PersonalNumber.LastYear, Sex: 1 or 2 })
        {
            return Problem.Conflict("population.number-needs-birth");
        }

        var prefix = PersonalNumber.PrefixFor(placeCode, state.Facts.Sex.Value, state.Facts.Born.Value.Year.Value);
        var number = await Taken(prefix, person);
        if (!number.Ok(out var free))
        {
            return number;
        }

        var given = await write(state, free);
        return given.IsGood ? free : given.Problems.ToList();
    }

    private Task<Outcome<PersonalNumber>> Taken(string prefix, Guid person) => session.BeyondDuty(() => NumberAllotment.Take(session, prefix, person, clock.GetUtcNow()));

    public Task<IReadOnlyList<(Guid Person, Kin Line)>> NamedIn(Guid person) => session.BeyondDuty<IReadOnlyList<(Guid, Kin)>>(async () => await session.Rows("""
        select k.person_id, k.no, k.kind, k.name, k.number, k.kin_id, k.old_id, k.nationality from population.kin k
          join population.person p on p.id = k.person_id and p.merged_into is null
         where k.kin_id = $1 or k.number in (select number from population.person where id = $1 and number is not null union all select number from population.former_number where person_id = $1)
         order by k.person_id, k.no
        """, r => (r.GetGuid(0), (Kin)PersonRows.Part(2, r)), person));

    public async Task<RegisterRole> Role()
    {
        if (settled.Role is null && await session.Value<string>("select value from kernel.setting where name = 'role'") is { } told)
        {
            settled.Role = told == "branch" ? RegisterRole.Branch : RegisterRole.Root;
        }

        return settled.Role ?? RegisterRole.Root;
    }

    private static void Names(Statements to, IEnumerable<string> names)
    {
        var keys = names.Select(NameKey.Of).Distinct().Order(StringComparer.Ordinal).ToArray();
        if (keys.Length > 0)
        {
            to.Add("insert into population.name (key, syllables) select k, string_to_array(k, ' ') from unnest($1) k on conflict do nothing", (object)keys);
            to.Add("insert into population.syllable select k from unnest($1) k where not exists (select from population.syllable s where s.syllable = k) on conflict do nothing",
                (object)keys.SelectMany(k => k.Split(' ')).Distinct().Order(StringComparer.Ordinal).ToArray());
        }
    }

    /// <summary>A person without a number is recognised by the whole of what a list says: name, birth, sex, home and parents; or by what the one who enters him knows better.</summary>
    public static PersonState Recognisable(PersonState s)
    {
        if (s.Facts.Number is not null || s.Fingerprint is not null)
        {
            return s;
        }

        var home = s.Residences.FirstOrDefault(r => r is { Kind: ResidenceKind.Permanent, Until: null });
        var text = string.Join('|', NameKey.Of(s.Facts.FullName ?? ""), s.Facts.Born, s.Facts.Sex, home?.Area, NameKey.Of(home?.Detail ?? ""), s.Memberships.FirstOrDefault()?.Household,
            string.Join(',', s.Kin.Where(k => k.Kind is KinKind.Father or KinKind.Mother).Select(k => k.Number?.ToString() ?? NameKey.Of(k.Name ?? ""))));
        return s with { Fingerprint = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16)) };
    }
}

/// <summary>What the founding has made of this register, once it has been asked.</summary>
internal sealed class SettledRole
{
    public RegisterRole? Role { get; set; }
}
