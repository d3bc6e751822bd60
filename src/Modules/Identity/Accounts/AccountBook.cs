using SoGoc.Kernel.Data;
using SoGoc.Population;

namespace SoGoc.Identity.Accounts;

/// <summary>An open account.</summary>
/// <param name="Representative">Account of the parent or guardian through whom alone it is used.</param>
internal sealed record AccountRow(Guid Id, Guid Person, int Level, string? Phone, string? Email, string? PasswordHash, bool HasTotp, DateTimeOffset? LockedAt, string? LockReason, Guid? Representative);

/// <summary>Finds accounts. Asked for a number that nobody has, it takes the same steps.</summary>
internal sealed class AccountBook(Session session, IPopulation population, ICardHolders holders)
{
    private const string Columns = "id, person_id, level, phone, email, password_hash, totp_key is not null, locked_at, lock_reason, representative_id";

    /// <summary>The open account of whom a number answers with; locked ones too.</summary>
    public async Task<AccountRow?> ByNumber(string? text)
    {
        var person = !ShownNumber.TryParse(text, out var number, out _) ? null : number.Personal is { } personal ? await population.Answering(personal) : (await holders.Find(number))?.Person;
        return await OfPerson(person ?? Guid.Empty);
    }

    public Task<AccountRow?> OfPerson(Guid person) => session.Row($"select {Columns} from identity.account where person_id = $1 and closed_at is null", Read, person);

    public Task<List<AccountRow>> OfPersons(Guid[] persons) => session.Rows($"select {Columns} from identity.account where person_id = any($1) and closed_at is null", Read, persons);

    public Task<AccountRow?> Find(Guid account) => session.Row($"select {Columns} from identity.account where id = $1 and closed_at is null", Read, account);

    private static AccountRow Read(Npgsql.NpgsqlDataReader r) =>
        new(r.GetGuid(0), r.GetGuid(1), r.GetInt16(2), r.Text(3), r.Text(4), r.Text(5), r.GetBoolean(6), r.Maybe<DateTimeOffset>(7), r.Text(8), r.Maybe<Guid>(9));
}
