using System.Globalization;

namespace SoGoc.Host.Postgres;

/// <summary>One program at a time per data folder: a second one would adopt the first one's server and lose it when the first stops.</summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream held;
    private readonly string holder;

    private FolderLock(FileStream held, string holder) => (this.held, this.holder) = (held, holder);

    /// <exception cref="ClusterException">Another program holds the folder, or it may not be written.</exception>
    public static async Task<FolderLock> Take(string folder, CancellationToken stop)
    {
        var holder = Path.Combine(folder, "cluster.holder");   // beside the lock, for a locked file cannot be read
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var held = new FileStream(Path.Combine(folder, "cluster.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                await File.WriteAllTextAsync(holder, Environment.ProcessId.ToString(CultureInfo.InvariantCulture), stop);
                return new(held, holder);
            }
            catch (UnauthorizedAccessException)
            {
                throw new ClusterException("host.folder-closed",
                    $"Tài khoản {Environment.UserName} không được ghi vào thư mục dữ liệu {folder}. / The account {Environment.UserName} may not write to the data folder {folder}.");
            }
            catch (IOException) when (attempt < 10)
            {
                // A program that was just killed lets go of its lock a moment after its death.
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, stop);
            }
            catch (IOException)
            {
                var who = Describe(holder);
                throw new ClusterException("host.folder-busy",
                    $"Thư mục dữ liệu {folder} đang được {who} sử dụng: hãy dừng tiến trình đó, hoặc đặt SOGOC_DATA là thư mục khác. / "
                    + $"The data folder {folder} is in use by {who}: stop it, or set SOGOC_DATA to another folder.");
            }
        }
    }

    private static string Describe(string holder)
    {
        try
        {
            var pid = File.ReadAllText(holder).Trim();
            var program = $"/proc/{pid}/comm" is var comm && File.Exists(comm) ? File.ReadAllText(comm).Trim() : "?";
            return $"{program} (pid {pid}, {File.GetLastWriteTime(holder).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)})";
        }
        catch (IOException) { return "pid ?"; }
    }

    public void Dispose()
    {
        try { File.Delete(holder); }
        catch (IOException) { /* the lock is what counts */ }
        held.Dispose();
    }
}
