using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SoGoc.Linkage;

/// <summary>How one syllable of a name differs from another.</summary>
enum Slip : byte { None, Marks, Spelling, Ear, Region, Typing, Initial, Other }

/// <summary>All syllables of names, each once, and how each differs from each: worked out once for the frequent ones and kept in a table.</summary>
sealed class Syllables
{
    const int Longest = 16, Tabled = 2048;

    [StructLayout(LayoutKind.Sequential)]
    struct Syllable
    {
        public ulong Low, High, Plain, Sound;
        public int Length;
    }

    static readonly (string, string)[] Regions = [("hoàng", "huỳnh"), ("vũ", "võ"), ("phúc", "phước"), ("nhật", "nhựt"), ("bảo", "bửu"), ("cảnh", "kiểng"), ("chu", "châu"), ("tùng", "tòng"), ("sinh", "sanh"), ("chính", "chánh"), ("tính", "tánh"), ("lĩnh", "lãnh"), ("thật", "thiệt"), ("nghĩa", "ngãi"), ("đang", "đương"), ("tràng", "trường"), ("hợp", "hạp"), ("nhân", "nhơn"), ("sơn", "san")];

    readonly Lexicon _lexicon = new();
    // The slip and one more; 0: not worked out yet.
    readonly byte[] _table = Big.Array<byte>(Tabled * Tabled, clear: true);
    readonly HashSet<long> _regions = [];
    readonly HashSet<(ulong, ulong)> _plainRegions = [];
    Syllable[] _all = new Syllable[4096];

    public Syllables()
    {
        Thi = Of("thị");
        Van = Of("văn");
        foreach (var (a, b) in Regions)
        {
            var (one, other) = (Of(a), Of(b));
            _regions.Add(Pair(one, other));
            _regions.Add(Pair(other, one));
            _plainRegions.Add((Plain(one), Plain(other)));
            _plainRegions.Add((Plain(other), Plain(one)));
        }
    }

    /// <summary>The words that mark the sex and are left out or put in.</summary>
    public int Thi { get; }

    public int Van { get; }

    public int Count => _lexicon.Count;


    /// <summary>Its number; <paramref name="codes"/> as of <see cref="Letter"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Id(ReadOnlySpan<byte> codes, int tone)
    {
        var id = _lexicon.Id(Fingerprint.Join(Fingerprint.Of(codes), (ulong)tone + 1));
        if (id < _all.Length && _all[id].Length != 0 && id < _filled) return id;
        if (id >= _all.Length) Array.Resize(ref _all, _all.Length * 2);
        _filled = Math.Max(_filled, id + 1);
        _all[id] = Make(codes);
        return id;
    }

    int _filled;

    /// <summary>Fingerprint of its plain letters.</summary>
    public ulong Plain(int id) => _all[id].Plain;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Slip Between(int a, int b)
    {
        if (a == b) return Slip.None;
        if (a >= Tabled || b >= Tabled) return Work(a, b);
        ref var kept = ref _table[(a * Tabled) + b];
        // Two threads may work it out at once, and write the same.
        if (kept == 0) kept = (byte)(Work(a, b) + 1);
        return (Slip)(kept - 1);
    }

    /// <summary>Whether two words are no slip of each other, whatever their marks. May say no where it is yes.</summary>
    public bool Apart(int a, int b)
    {
        ref var x = ref _all[a];
        ref var y = ref _all[b];
        return x.Plain != y.Plain && x.Length > 1 && y.Length > 1 && !_plainRegions.Contains((x.Plain, y.Plain)) && Work(a, b) == Slip.Other;
    }

    int Of(string word)
    {
        Span<byte> codes = stackalloc byte[word.Length];
        var tone = 0;
        for (var i = 0; i < word.Length; i++)
        {
            codes[i] = (byte)Letter.CodeOf(word[i]);
            tone |= Letter.ToneOf(word[i]);
        }
        return Id(codes, tone);
    }

    static long Pair(int a, int b) => ((long)a << 32) | (uint)b;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static Syllable Make(ReadOnlySpan<byte> codes)
    {
        var made = new Syllable { Length = Math.Min(codes.Length, Longest) };
        MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref made.Low, 2)).Clear();
        codes[..made.Length].CopyTo(MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref made.Low, 2)));
        Span<byte> plain = stackalloc byte[Longest];
        for (var i = 0; i < made.Length; i++) plain[i] = (byte)Letter.Plain(codes[i]);
        made.Plain = Fingerprint.Of(plain[..made.Length]);
        made.Sound = Sound.Of(plain[..made.Length]);
        return made;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    Slip Work(int a, int b)
    {
        ref var x = ref _all[a];
        ref var y = ref _all[b];
        if (x.Plain == y.Plain) return Slip.Marks;
        if (_regions.Contains(Pair(a, b))) return Slip.Region;
        var left = MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(ref x.Low, 2))[..x.Length];
        var right = MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(ref y.Low, 2))[..y.Length];
        if (x.Length == 1 || y.Length == 1) return left[0] == right[0] ? Slip.Initial : SameButY(left, right) ? Slip.Spelling : Slip.Other;
        if (x.Length == y.Length && SameButY(left, right)) return Slip.Spelling;
        if (x.Sound == y.Sound) return Slip.Ear;
        return IsTyping(left, right) ? Slip.Typing : Slip.Other;
    }

    static bool SameButY(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        if (a.Length != b.Length) return false;
        for (var i = 0; i < a.Length; i++)
        {
            var (x, y) = (Letter.Plain(a[i]), Letter.Plain(b[i]));
            if (x != y && !(x is 9 or 25 && y is 9 or 25)) return false;
        }
        return true;
    }

    // One letter more, less, other or two exchanged; short words are too near each other by chance.
    static bool IsTyping(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        if (Math.Abs(a.Length - b.Length) > 1 || Math.Max(a.Length, b.Length) < 3) return false;
        var start = 0;
        while (start < a.Length && start < b.Length && Letter.Plain(a[start]) == Letter.Plain(b[start])) start++;
        var end = 0;
        while (end < a.Length - start && end < b.Length - start && Letter.Plain(a[^(end + 1)]) == Letter.Plain(b[^(end + 1)])) end++;
        var (restA, restB) = (a.Length - start - end, b.Length - start - end);
        if (restA <= 1 && restB <= 1) return restA + restB > 0 && (restA != restB || Math.Max(a.Length, b.Length) > 3);
        return restA == 2 && restB == 2 && Letter.Plain(a[start]) == Letter.Plain(b[start + 1]) && Letter.Plain(a[start + 1]) == Letter.Plain(b[start]);
    }
}
