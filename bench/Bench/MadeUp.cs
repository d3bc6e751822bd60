using System.Security.Cryptography;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace SoGoc.Bench;

/// <summary>Officials who are made for a measurement.</summary>
internal static class MadeUp
{
    /// <summary>One with a role in a commune (null: the whole province); his token.</summary>
    public static async Task<string> Official(NpgsqlDataSource source, string agency, string role, int? area)
    {
        var token = "sg_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        await using var command = source.CreateCommand("""
            with o as (insert into staff.official (id, name, sign_in, password_hash, agency_code) values (gen_random_uuid(), 'Đo tốc độ', $1, '', $2) returning id),
                 p as (insert into staff.post (official_id, role, area_id, valid) select o.id, $3, $4, daterange('2016-01-01', null) from o)
            insert into staff.session (hash, official_id, kind, made_at, expires_at) select $5, o.id, 'token', now(), now() + interval '1 day' from o
            """);
        command.Parameters.AddWithValue($"do-{Guid.NewGuid():N}");
        command.Parameters.AddWithValue(agency);
        command.Parameters.AddWithValue(role);
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)area ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer });
        command.Parameters.AddWithValue(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        await command.ExecuteNonQueryAsync();
        return token;
    }
}
