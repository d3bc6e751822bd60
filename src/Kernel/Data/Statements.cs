using System.Collections.Concurrent;
using Npgsql;
using NpgsqlTypes;
using SoGoc.Kernel.Time;

namespace SoGoc.Kernel.Data;

/// <summary>Statements that go to the server in one trip, in their order. They are done by <see cref="Session.Execute(Statements)"/>.</summary>
public sealed class Statements
{
    private static readonly ConcurrentDictionary<(string Table, string Columns), string> Inserts = new();

    internal List<NpgsqlBatchCommand> Commands { get; } = [];

    /// <summary>A statement with positional parameters ($1, $2 …).</summary>
    public void Add(string sql, params object?[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(Columns.Parameter(value));
        }

        Commands.Add(command);
    }

    /// <summary>A statement whose parameters are written as cells.</summary>
    public Cells Add(string sql)
    {
        var command = new NpgsqlBatchCommand(sql);
        Commands.Add(command);
        return new Parameters(command.Parameters);
    }

    /// <summary>One row more of a table.</summary>
    /// <param name="table">Schema-qualified.</param>
    /// <param name="columns">Comma-separated, in the order in which they will be written.</param>
    public Cells Insert(string table, string columns) =>
        Add(Inserts.GetOrAdd((table, columns), t => $"insert into {t.Table} ({t.Columns}) values ({Places(1, t.Columns.Split(',').Length)})"));

    /// <summary>$1, $2 ….</summary>
    public static string Places(int first, int count) => string.Join(", ", Enumerable.Range(first, count).Select(n => $"${n}"));

    private sealed class Parameters(NpgsqlParameterCollection to) : Cells
    {
        public override Cells Null() => Put(null, NpgsqlDbType.Unknown);

        public override Cells Short(short? value) => Put(value, NpgsqlDbType.Smallint);

        public override Cells Int(int? value) => Put(value, NpgsqlDbType.Integer);

        public override Cells Uuid(Guid? value) => Put(value, NpgsqlDbType.Uuid);

        public override Cells Text(string? value) => Put(value, NpgsqlDbType.Text);

        public override Cells TextArray(IReadOnlyList<string>? values) => Put(values?.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);

        public override Cells Date(DateOnly? value) => Put(value, NpgsqlDbType.Date);

        public override Cells Period(Period period) => Put(period.ToRange(), NpgsqlDbType.DateRange);

        private Parameters Put(object? value, NpgsqlDbType type)
        {
            to.Add(value.As(type));
            return this;
        }
    }
}
