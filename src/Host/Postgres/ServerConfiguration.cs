namespace SoGoc.Host.Postgres;

/// <summary>The cluster's settings. They are written anew at every start; an administrator's own go into <c>ALTER SYSTEM</c>, which is read last.</summary>
internal static class ServerConfiguration
{
    public const string File = "sogoc.conf";
    private const long SmallSharedMemory = 256L << 20;

    /// <summary>For two cores, many short transactions, and sometimes an import of millions of rows with the indexes built afterwards.</summary>
    public static string Text(ClusterSettings settings, ClusterFolders folders, string socket)
    {
        var onOff = settings.Durable ? "on" : "off";
        return $"""
            cluster_name = '{folders.Name}'
            listen_addresses = ''
            unix_socket_directories = {Quoted('"' + socket.Replace("\"", "\"\"", StringComparison.Ordinal) + '"')}
            unix_socket_permissions = 0700
            max_connections = 400
            shared_buffers = {settings.SharedBuffersMb}MB
            work_mem = 32MB
            maintenance_work_mem = 512MB
            dynamic_shared_memory_type = {(SharedMemory() < SmallSharedMemory ? "mmap" : "posix")}
            max_parallel_maintenance_workers = 2
            random_page_cost = 1.1
            jit = off
            fsync = {onOff}
            synchronous_commit = on
            full_page_writes = {onOff}
            wal_compression = on
            max_wal_size = 4GB
            checkpoint_timeout = 15min
            timezone = 'UTC'
            lc_messages = 'C'
            logging_collector = on
            log_directory = {Quoted(folders.Log)}
            log_filename = 'postgres-%Y%m%d-%H%M%S.log'
            log_rotation_age = 1d
            log_rotation_size = 20MB
            log_timezone = 'UTC'
            # Messages of failed statements quote names and numbers of people: they belong to the application, which keeps them to itself.
            log_min_messages = log
            log_min_error_statement = panic
            log_error_verbosity = terse
            log_parameter_max_length = 0
            """ + "\n";
    }

    private static string Quoted(string value) => "'" + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal) + "'";

    // Containers often give 64 MB, which one parallel hash join can fill.
    private static long SharedMemory() => Directory.Exists("/dev/shm") ? new DriveInfo("/dev/shm").TotalSize : 0;
}
