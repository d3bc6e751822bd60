using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace SoGoc.Linkage;

/// <summary>
/// Large arrays on large pages where the system (Linux) offers them: the first touch of 2 MiB is one fault instead of 512, and looking things up at random misses the
/// translation of addresses far less. Elsewhere they are plain arrays.
/// </summary>
static partial class Big
{
    const int HugePages = 14;
    const nuint Page = 2 << 20;

    /// <summary>A new array, of zeros if told.</summary>
    public static T[] Array<T>(int length, bool clear = false) where T : unmanaged
    {
        var bytes = (nuint)length * (nuint)Unsafe.SizeOf<T>();
        if (bytes < 2 * Page) return clear ? new T[length] : GC.AllocateUninitializedArray<T>(length);
        var array = GC.AllocateUninitializedArray<T>(length, pinned: true);
        if (OperatingSystem.IsLinux()) Advise(array, bytes);
        if (clear) System.Array.Clear(array);
        return array;
    }

    /// <summary>The next length of an array that fills up: four times as much, since room that is never touched costs nothing and copying does; twice where that would be too long.</summary>
    public static int Larger(int length) => length <= 1 << 26 ? length * 4 : checked(length * 2);

    /// <summary>Makes room, and keeps what is there; what is new holds anything, or zeros if told.</summary>
    public static void Grow<T>(ref T[] array, int length, bool clear = false) where T : unmanaged
    {
        var larger = Array<T>(length);
        array.CopyTo(larger, 0);
        if (clear) larger.AsSpan(array.Length).Clear();
        array = larger;
    }

    /// <summary>Fetches what lies there into the cache, so that many look-ups do not wait one after the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Prefetch<T>(ref T place) where T : unmanaged
    {
        if (Sse.IsSupported) Sse.Prefetch0(Unsafe.AsPointer(ref place));
    }

    static unsafe void Advise<T>(T[] array, nuint bytes) where T : unmanaged
    {
        var start = ((nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array)) + Page - 1) & ~(Page - 1);
        var end = ((nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array)) + bytes) & ~(Page - 1);
        // An advice only: whether it is taken makes no difference to anything but speed.
        if (end > start) _ = Advise((void*)start, end - start, HugePages);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static unsafe partial int Advise(void* start, nuint length, int advice);
}
