using System.Buffers.Text;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Laws;
using SoGoc.Kernel.Time;

namespace SoGoc.Staff.Factors;

/// <summary>A passkey, as its holder knows it.</summary>
internal sealed record Key(string Id, string Name, DateTimeOffset MadeAt, DateTimeOffset? UsedAt);

/// <summary>What an official has beside his password, and what is asked of him.</summary>
/// <param name="Required">One of his roles, or of those he stands in for, asks for it.</param>
/// <param name="Until">Until when he may sign in without, while he has none; null: nobody has asked yet.</param>
internal sealed record Factors(string SignIn, string Name, bool HasTotp, IReadOnlyList<Key> Keys, bool Required, DateTimeOffset? Until)
{
    public int Count => Keys.Count + (HasTotp ? 1 : 0);
}

/// <summary>Reads the factors of officials.</summary>
internal sealed class FactorRows(Session session, SecondFactorSetting setting, TimeProvider clock)
{
    public async Task<Factors> Of(Guid official)
    {
        var keys = await session.Rows("select id, name, made_at, used_at from staff.passkey where official_id = $1 order by made_at",
            r => new Key(Base64Url.EncodeToString(r.Get<byte[]>(0)), r.GetString(1), r.Get<DateTimeOffset>(2), r.Maybe<DateTimeOffset>(3)), official);
        var today = clock.Today();
        var required = setting.Asked && await session.Value<bool>("""
            select exists (select from staff.post p join staff.role r on r.role = p.role and r.second_factor where p.valid @> $2
              and (p.official_id = $1 or exists (select from staff.absence b where b.official_id = p.official_id and b.stand_in_id = $1 and b.valid @> $2)))
            """, official, today);
        var grace = (await LawBook.Read(session)).Find("staff.second-factor-grace-days", today)?.Number ?? 0;
        return (await session.Row("select sign_in, name, totp_key is not null, second_since from staff.official where id = $1",
            r => new Factors(r.GetString(0), r.GetString(1), r.GetBoolean(2), keys, required, r.Maybe<DateTimeOffset>(3)?.AddDays(grace)), official))!;
    }

    /// <summary>Whether a sign-in has to show more than the password. The first time that it is asked of who has nothing else, the days begin in which he makes it.</summary>
    public async Task<bool> Owes(Guid official)
    {
        var factors = await Of(official);
        if (factors.Count == 0 && factors.Required)
        {
            await session.Execute("update staff.official set second_since = $2 where id = $1 and second_since is null", official, clock.GetUtcNow());
        }

        return factors.Count > 0 || factors.Required;
    }
}
