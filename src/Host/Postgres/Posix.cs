using System.Runtime.InteropServices;
using System.Text;

namespace SoGoc.Host.Postgres;

/// <summary>The two calls of the C library that .NET does not offer.</summary>
internal static class Posix
{
    /// <summary>Clean shutdown of PostgreSQL: sessions are ended, a checkpoint is written.</summary>
    public const int Interrupt = 2;
    /// <summary>Immediate shutdown of PostgreSQL: safe, but the next start replays the log.</summary>
    public const int Quit = 3;
    public const int Kill = 9;

    public static void Signal(int process, int signal) => _ = NativeKill(process, signal);

    /// <summary>The path without links, or the path itself where it cannot be resolved.</summary>
    public static string RealPath(string path)
    {
        var resolved = NativeRealPath(Encoding.UTF8.GetBytes(path + "\0"), IntPtr.Zero);
        if (resolved == IntPtr.Zero) return path;
        try { return Marshal.PtrToStringUTF8(resolved) ?? path; }
        finally { NativeFree(resolved); }
    }

    [DllImport("libc", EntryPoint = "kill"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeKill(int process, int signal);

    [DllImport("libc", EntryPoint = "realpath"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern IntPtr NativeRealPath(byte[] path, IntPtr buffer);

    [DllImport("libc", EntryPoint = "free"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void NativeFree(IntPtr memory);
}
