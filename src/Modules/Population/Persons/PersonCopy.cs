using System.Text.Json;
using Npgsql;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Text;
using SoGoc.Kernel.Time;

namespace SoGoc.Population.Persons;

/// <summary>Writes persons into their tables: many by binary COPY, one with what else his act does in one trip. The one place that knows the columns for writing.</summary>
internal static class PersonCopy
{
    private const string RowColumns = "number, full_name, surname, middle, given, name_key, other_names, born_earliest, born_latest, born_precision, sex, "
        + "birth_area, birth_place, registered_area, registered_place, home_area, home_place, ethnicity, religion, nationality, blood, old_ids, marital, "
        + "ended_earliest, ended_latest, ended_precision, phone, phone_verified, email, email_verified, other, unknown, status, merged_into, confidential, fingerprint";

    private const string PersonColumns = "id, " + RowColumns;

    private static readonly string Update = $"update population.person set ({RowColumns}) = row({Statements.Places(2, RowColumns.Split(',').Length)}) where id = $1";

    /// <summary>A table of parts of persons.</summary>
    private sealed record PartTable(string Name, string Columns, Func<PersonState, IReadOnlyList<object>> Of, Action<Cells, object> Write);

    private static readonly PartTable[] PartTables =
    [
        Table("population.residence", "person_id, no, kind, area_id, detail, valid", s => s.Residences, (to, r) =>
            to.Short((short)r.No).Text(Word.Write(r.Kind)).Int(r.Area).Text(r.Detail).Period(new Period(r.From, r.Until))),
        Table("population.member", "person_id, no, household_id, relation, valid", s => s.Memberships, (to, m) =>
            to.Short((short)m.No).Uuid(m.Household).Text(m.Relation).Period(new Period(m.From, m.Until))),
        Table("population.kin", "person_id, no, kind, kin_id, name, number, old_id, nationality", s => s.Kin, (to, k) =>
            to.Short((short)k.No).Text(Word.Write(k.Kind)).Uuid(k.Person).Text(k.Name).Text(k.Number?.ToString()).Text(k.OldId).Text(k.Nationality)),
        Table("population.id_paper", "person_id, no, kind, number, issued, place, expires", s => s.Papers, (to, p) =>
            to.Short((short)p.No).Text(Word.Write(p.Kind)).Text(p.Number).Text(p.Issued?.ToString()).Text(p.Place).Date(p.Expires)),
        Table("population.doubt", "person_id, field, code, note", s => s.Doubts, (to, d) => to.Text(d.Field).Text(d.Code).Text(d.Note)),
        Table("population.former_number", "person_id, number, reason", s => s.FormerNumbers, (to, n) => to.Text(n.Number.ToString()).Text(n.Reason)),
    ];

    private static PartTable Table<T>(string name, string columns, Func<PersonState, IReadOnlyList<T>> of, Action<Cells, T> write) where T : class => new(name, columns, of, (to, part) => write(to, (T)part));

    /// <summary>Every table that entering persons writes to, parents before children.</summary>
    public static readonly string[] Tables =
    [
        "population.household", "population.person", "population.residence", "population.member", "population.kin", "population.id_paper", "population.doubt",
        "population.former_number", "journal.entry",
    ];

    public static async Task Persons(NpgsqlConnection connection, IReadOnlyList<(Guid Id, PersonState State)> persons)
    {
        await using var copy = await CopyWriter.Begin(connection, "population.person", PersonColumns);
        foreach (var (id, state) in persons)
        {
            Write(copy.Row().Uuid(id), state);
        }

        await copy.Complete();
    }

    private static void Write(Cells to, PersonState s)
    {
        var f = s.Facts;
        to.Text(f.Number?.ToString()).Text(f.FullName).Text(f.Surname).Text(f.Middle).Text(f.Given).Text(NameKey.Of(f.FullName ?? "")).TextArray(f.OtherNames);
        Partial(to, f.Born).Short(f.Sex);
        to.Int(f.BirthPlace?.Area).Text(f.BirthPlace?.Text).Int(f.BirthRegistered?.Area).Text(f.BirthRegistered?.Text).Int(f.Hometown?.Area).Text(f.Hometown?.Text)
            .Text(f.Ethnicity).Text(f.Religion).TextArray(f.Nationality).Text(f.Blood).TextArray(f.OldIds).Short(f.Marital);
        Partial(to, f.Ended).Text(f.Phone).Date(f.PhoneVerified).Text(f.Email).Date(f.EmailVerified).Text(f.Other).TextArray(f.Unknown)
            .Text(Word.Write(s.Status)).Uuid(s.MergedInto).Short(s.Confidential).Uuid(s.Fingerprint);
    }

    private static Cells Partial(Cells to, PartialDate? date) => to.Date(date?.Earliest).Date(date?.Latest).Short((short?)date?.Precision);

    /// <summary>Residences, memberships, kin, papers, doubts and former numbers.</summary>
    public static async Task Parts(NpgsqlConnection connection, IReadOnlyList<(Guid Id, PersonState State)> persons)
    {
        foreach (var table in PartTables.Where(t => persons.Any(p => t.Of(p.State).Count > 0)))
        {
            await using var copy = await CopyWriter.Begin(connection, table.Name, table.Columns);
            foreach (var (id, state) in persons)
            {
                foreach (var part in table.Of(state))
                {
                    table.Write(copy.Row().Uuid(id), part);
                }
            }

            await copy.Complete();
        }
    }

    /// <summary>One new person with all his parts.</summary>
    public static void Insert(Statements to, Guid id, PersonState state)
    {
        Write(to.Insert("population.person", PersonColumns).Uuid(id), state);
        foreach (var table in PartTables)
        {
            Insert(to, table, id, table.Of(state));
        }
    }

    /// <summary>What an act has changed of a person: his row where it differs; of the parts those that have come, or all of a kind anew, so that its rows are exactly those of the fold.</summary>
    public static void Change(Statements to, Guid id, PersonState before, PersonState after)
    {
        if ((before.Status, before.MergedInto, before.Confidential, before.Fingerprint) != (after.Status, after.MergedInto, after.Confidential, after.Fingerprint) || !FactField.All.All(f => f.SameIn(before.Facts, after.Facts)))
        {
            Write(to.Add(Update).Uuid(id), after);
        }

        foreach (var table in PartTables)
        {
            var (had, has) = (table.Of(before), table.Of(after));
            // Former numbers are only ever added, and so are lines of most acts.
            var stays = has.Take(had.Count).SequenceEqual(had);
            if (!stays)
            {
                to.Add($"delete from {table.Name} where person_id = $1", id);
            }

            Insert(to, table, id, stays ? has.Skip(had.Count) : has);
        }
    }

    private static void Insert(Statements to, PartTable table, Guid id, IEnumerable<object> parts)
    {
        foreach (var part in parts)
        {
            table.Write(to.Insert(table.Name, table.Columns).Uuid(id), part);
        }
    }

    public static async Task Households(NpgsqlConnection connection, IReadOnlyList<(Guid Id, HouseholdState State)> households)
    {
        if (households.Count == 0)
        {
            return;
        }

        await using var copy = await CopyWriter.Begin(connection, "population.household", "id, file_number, area_id, detail, opened_on, closed_on");
        foreach (var (id, h) in households)
        {
            copy.Row().Uuid(id).Text(h.FileNumber).Int(h.Area).Text(h.Detail).Date(h.OpenedOn).Date(h.ClosedOn);
        }

        await copy.Complete();
    }

    /// <summary>Journal entries of one kind for many subjects.</summary>
    public static async Task Entries<T>(NpgsqlConnection connection, IEnumerable<(Guid Subject, T Entry)> entries, Signature by) where T : IEntry
    {
        await using var copy = await CopyWriter.Begin(connection, "journal.entry", "at, actor, office, ground, subject, kind, body");
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(4096);
        await using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = Journal.Json.Encoder, SkipValidation = true });
        foreach (var (subject, entry) in entries)
        {
            buffer.ResetWrittenCount();
            json.Reset();
            JsonSerializer.Serialize(json, entry, Journal.Json);
            json.Flush();
            copy.Row().Instant(by.At).Text(by.Actor).Text(by.Office).Text(by.Ground).Uuid(subject).Text(T.Kind).Utf8(buffer.WrittenSpan);
        }

        await copy.Complete();
    }

    /// <summary>One entry whose body is written already.</summary>
    public static void Entry(Statements to, Guid subject, string kind, string body, Signature by) =>
        to.Add("insert into journal.entry (at, actor, office, ground, subject, kind, body) values ($1, $2, $3, $4, $5, $6, $7::json)", by.At, by.Actor, by.Office, by.Ground, subject, kind, body);
}

/// <summary>Who signs an entry, on what ground, and where it comes from.</summary>
internal sealed record Signature(DateTimeOffset At, string Actor, string Office, string Ground)
{
    public Signature(DateTimeOffset at, string actor, string office, string ground, Source from) : this(at, actor, office, ground) => From = from;

    /// <summary>The ground itself, now, unless another register told it.</summary>
    public Source From { get => field ?? new Source(Ground, At); }
}

/// <summary>Who told something, and when that was so.</summary>
internal sealed record Source(string Name, DateTimeOffset AsOf);
