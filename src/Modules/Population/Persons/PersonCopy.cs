using System.Text.Json;
using Npgsql;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Text;
using SoGoc.Kernel.Time;

namespace SoGoc.Population.Persons;

/// <summary>Writes persons into their tables by binary COPY: new ones with all their parts, or the parts of changed ones. The one place that knows the columns for writing.</summary>
internal static class PersonCopy
{
    private const string PersonColumns = "id, number, full_name, surname, middle, given, name_key, other_names, born_earliest, born_latest, born_precision, sex, "
        + "birth_area, birth_place, registered_area, registered_place, home_area, home_place, ethnicity, religion, nationality, blood, old_ids, marital, "
        + "ended_earliest, ended_latest, ended_precision, phone, phone_verified, email, email_verified, other, unknown, status, merged_into, confidential, fingerprint";

    /// <summary>Every table that entering persons writes to, parents before children.</summary>
    public static readonly string[] Tables =
    [
        "population.household", "population.person", "population.residence", "population.member", "population.kin", "population.id_paper", "population.doubt",
        "population.former_number", "journal.entry",
    ];

    public static async Task Persons(NpgsqlConnection connection, IReadOnlyList<(Guid Id, PersonState State)> persons, string table = "population.person")
    {
        await using var copy = await CopyWriter.Begin(connection, table, PersonColumns);
        foreach (var (id, state) in persons)
        {
            Write(copy.Row(), id, state);
        }

        await copy.Complete();
    }

    private static void Write(CopyWriter to, Guid id, PersonState s)
    {
        var f = s.Facts;
        to.Uuid(id).Text(f.Number?.ToString()).Text(f.FullName).Text(f.Surname).Text(f.Middle).Text(f.Given).Text(NameKey.Of(f.FullName ?? "")).TextArray(f.OtherNames);
        Partial(to, f.Born).Short(f.Sex);
        to.Int(f.BirthPlace?.Area).Text(f.BirthPlace?.Text).Int(f.BirthRegistered?.Area).Text(f.BirthRegistered?.Text).Int(f.Hometown?.Area).Text(f.Hometown?.Text)
            .Text(f.Ethnicity).Text(f.Religion).TextArray(f.Nationality).Text(f.Blood).TextArray(f.OldIds).Short(f.Marital);
        Partial(to, f.Ended).Text(f.Phone).Date(f.PhoneVerified).Text(f.Email).Date(f.EmailVerified).Text(f.Other).TextArray(f.Unknown)
            .Text(Word.Write(s.Status)).Uuid(s.MergedInto).Short(s.Confidential).Uuid(s.Fingerprint);
    }

    private static CopyWriter Partial(CopyWriter to, PartialDate? date) => to.Date(date?.Earliest).Date(date?.Latest).Short((short?)date?.Precision);

    /// <summary>Residences, memberships, kin, papers, doubts and former numbers.</summary>
    public static async Task Parts(NpgsqlConnection connection, IReadOnlyList<(Guid Id, PersonState State)> persons)
    {
        await Part(connection, "population.residence", "person_id, no, kind, area_id, detail, valid", persons, s => s.Residences, (to, r) =>
            to.Short((short)r.No).Text(Word.Write(r.Kind)).Int(r.Area).Text(r.Detail).Period(new Period(r.From, r.Until)));
        await Part(connection, "population.member", "person_id, no, household_id, relation, valid", persons, s => s.Memberships, (to, m) =>
            to.Short((short)m.No).Uuid(m.Household).Text(m.Relation).Period(new Period(m.From, m.Until)));
        await Part(connection, "population.kin", "person_id, no, kind, kin_id, name, number, old_id, nationality", persons, s => s.Kin, (to, k) =>
            to.Short((short)k.No).Text(Word.Write(k.Kind)).Uuid(k.Person).Text(k.Name).Text(k.Number?.ToString()).Text(k.OldId).Text(k.Nationality));
        await Part(connection, "population.id_paper", "person_id, no, kind, number, issued, place, expires", persons, s => s.Papers, (to, p) =>
            to.Short((short)p.No).Text(Word.Write(p.Kind)).Text(p.Number).Text(p.Issued?.ToString()).Text(p.Place).Date(p.Expires));
        await Part(connection, "population.doubt", "person_id, field, code, note", persons, s => s.Doubts, (to, d) => to.Text(d.Field).Text(d.Code).Text(d.Note));
        await Part(connection, "population.former_number", "person_id, number, reason", persons, s => s.FormerNumbers, (to, n) => to.Text(n.Number.ToString()).Text(n.Reason));
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
    public static async Task Entry(NpgsqlConnection connection, Guid subject, string kind, string body, Signature by)
    {
        await using var command = connection.CreateCommand("insert into journal.entry (at, actor, office, ground, subject, kind, body) values ($1, $2, $3, $4, $5, $6, $7::json)",
            by.At, by.Actor, by.Office, by.Ground, subject, kind, body);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task Part<T>(NpgsqlConnection connection, string table, string columns, IReadOnlyList<(Guid Id, PersonState State)> persons,
        Func<PersonState, IReadOnlyList<T>> parts, Action<CopyWriter, T> write)
    {
        if (!persons.Any(p => parts(p.State).Count > 0))
        {
            return;
        }

        await using var copy = await CopyWriter.Begin(connection, table, columns);
        foreach (var (id, state) in persons)
        {
            foreach (var part in parts(state))
            {
                write(copy.Row().Uuid(id), part);
            }
        }

        await copy.Complete();
    }
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
