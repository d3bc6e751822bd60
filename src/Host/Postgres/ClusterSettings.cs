namespace SoGoc.Host.Postgres;

/// <summary>What a private cluster needs to know.</summary>
/// <param name="DataFolder">Holds <c>pg/</c> (the cluster), <c>run/</c> (the socket) and <c>log/</c>; made when it is missing.</param>
/// <param name="Binaries">The folder with <c>initdb</c> and <c>postgres</c>; null: found, see <see cref="PostgresPrograms"/>.</param>
/// <param name="SharedBuffersMb">PostgreSQL's own cache, in MiB.</param>
/// <param name="Durable">False only in tests: nothing is flushed, so a power failure loses the cluster (a killed process does not).</param>
internal sealed record ClusterSettings(string DataFolder, string? Binaries, int SharedBuffersMb = 512, bool Durable = true);
