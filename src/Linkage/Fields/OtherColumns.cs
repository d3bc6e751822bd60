using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SoGoc.Linkage;

/// <summary>A value that agrees or does not: sex, administrative unit.</summary>
sealed class CodeColumn : LexiconColumn
{
    readonly Dictionary<ulong, ulong> _same = [];

    public CodeColumn(LinkField info) : base(info, ["value"], ["missing", "same", "different"])
    {
        (Fast[0], Fast[1]) = (2, 1);
        foreach (var (old, now) in info.Same ?? new Dictionary<string, string>()) _same[Key(old)] = Key(now);
    }

    public override double[] Expected => Info.Kind == FieldKind.Sex ? [0.01, 0.98, 0.01] : [0.02, 0.83, 0.15];

    public override ReadOnlySpan<sbyte> FrequencyLane => [-1, 0, -1];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Fold(ReadOnlySpan<char> cell, Span<int> lanes)
    {
        var key = Key(cell);
        // A merged unit may have merged again; twenty times is no merger but a circle.
        for (var n = 0; n < 20 && _same.TryGetValue(key, out var now); n++) key = now;
        lanes[0] = key == 0 ? Missing : Values[0].Id(key);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override int Slow(ref int a, ref int b, uint bits) => 2;

    ulong Key(ReadOnlySpan<char> cell)
    {
        Span<byte> plain = stackalloc byte[512];
        var n = 0;
        foreach (var c in cell)
            if (n < plain.Length && Letter.CodeOf(c) is > 0 and var code) plain[n++] = (byte)code;
        if (n == 0) return 0;
        return Info.Kind == FieldKind.Sex ? Fingerprint.Of(Sex(plain[..n])) : Fingerprint.Of(plain[..n]);
    }

    // Nam, M, male, 1 and Nữ, F, female, 2 are one each.
    static ReadOnlySpan<byte> Sex(ReadOnlySpan<byte> value)
    {
        var first = (byte)Letter.Plain(value[0]);
        if (value.Length == 1) return first switch { 41 or 13 => [1], 42 or 6 => [2], _ => value };
        if (first == 14) return Letter.Plain(value[1]) == 1 ? [1] : [2];
        return first == 13 ? [1] : first == 6 ? [2] : value;
    }
}

/// <summary>Telephone and other numbers: digits only.</summary>
sealed class DigitsColumn : LexiconColumn
{
    // Prefixes of mobile numbers of eleven digits, and what they became in 2018.
    static readonly (string, string)[] Shortened = [("0162", "032"), ("0163", "033"), ("0164", "034"), ("0165", "035"), ("0166", "036"), ("0167", "037"), ("0168", "038"), ("0169", "039"), ("0120", "070"), ("0121", "079"), ("0122", "077"), ("0126", "076"), ("0128", "078"), ("0123", "083"), ("0124", "084"), ("0125", "085"), ("0127", "081"), ("0129", "082"), ("0186", "056"), ("0188", "058"), ("0199", "059")];

    ulong[] _digits = new ulong[1024];

    public DigitsColumn(LinkField info) : base(info, ["value"], ["missing", "same", "near", "different"]) => Fast[1] = 1;

    public override double[] Expected => Info.Kind == FieldKind.Number ? [0.5, 0.495, 0.004, 0.001] : [0.4, 0.45, 0.02, 0.13];

    public override ReadOnlySpan<sbyte> FrequencyLane => [-1, 0, -1, -1];

    public override void Fold(ReadOnlySpan<char> cell, Span<int> lanes) => lanes[0] = Digits(cell, out var packed) is not 0 and var key ? Keep(key, packed) : Missing;

    /// <summary>Such numbers are rarely the same and quickly read: cells are not remembered.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Put(RowBatch batch, int field, LinkTable table, int first)
    {
        if (_next.Length < batch.Rows) _next = new (ulong, ulong)[batch.Rows];
        for (var i = 0; i < batch.Rows; i++)
        {
            _next[i].Key = Digits(Cell(batch, i, field), out _next[i].Packed);
            Values[0].Prefetch(_next[i].Key);
        }
        for (var i = 0; i < batch.Rows; i++)
        {
            ref var lane = ref Unsafe.Add(ref table.Row(first + i), First);
            lane = -1 - (first + i);
            if (_next[i].Key == 0) continue;
            lane = Keep(_next[i].Key, _next[i].Packed);
            Values[0].Seen(lane);
        }
    }

    (ulong Key, ulong Packed)[] _next = [];

    int Keep(ulong key, ulong packed)
    {
        var id = Values[0].Id(key);
        if (id >= _digits.Length) Big.Grow(ref _digits, Big.Larger(_digits.Length));
        _digits[id] = packed;
        return id;
    }

    // The fingerprint of the digits, and sixteen of them packed; 0: there are none to speak of.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    ulong Digits(ReadOnlySpan<char> cell, out ulong packed)
    {
        packed = 0;
        Span<char> digits = stackalloc char[20];
        var n = 0;
        foreach (var c in cell)
            if (char.IsAsciiLetterOrDigit(c) && n < digits.Length) digits[n++] = char.ToUpperInvariant(c);
        var text = digits[..n];
        if (Info.Kind == FieldKind.Phone) text = Phone(text);
        if (text.Length < 4 || !text.ContainsAnyExcept('0')) return 0;
        foreach (var c in text) packed = (packed << 4) | ((uint)c & 15);
        return Fingerprint.Of(text);
    }

    public override void Fetch(int value) => Big.Prefetch(ref _digits[value]);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override int Slow(ref int a, ref int b, uint bits) => Near(_digits[a], _digits[b]) ? 2 : 3;

    static Span<char> Phone(Span<char> digits)
    {
        if (digits.Length > 9 && digits[0] == '8' && digits[1] == '4')
        {
            digits = digits[1..];
            digits[0] = '0';
        }
        if (digits.Length != 11) return digits;
        foreach (var (old, now) in Shortened)
        {
            if (!digits.StartsWith(old)) continue;
            digits = digits[1..];
            now.CopyTo(digits);
            break;
        }
        return digits;
    }

    // One digit differs, or two neighbours are exchanged.
    static bool Near(ulong a, ulong b)
    {
        var x = a ^ b;
        var start = BitOperations.TrailingZeroCount(x) & ~3;
        x >>= start;
        if (x < 16) return true;
        return x < 256 && ((a >> start) & 15) == ((b >> (start + 4)) & 15) && ((b >> start) & 15) == ((a >> (start + 4)) & 15);
    }
}

/// <summary>Addresses below the unit: words and numbers, whatever stands between them.</summary>
sealed class AddressColumn : WordsColumn
{
    const int Words = NameBook.Words;

    readonly Lexicon _words = new();
    readonly HashSet<ulong> _noise = [];
    int[] _kept = new int[1024 * Words];

    public AddressColumn(LinkField info) : base(info, ["value"], ["missing", "same", "near", "different"])
    {
        Fast[1] = 1;
        // "Số", "tổ", "ấp", "đường" and what they are shortened to say nothing by themselves.
        foreach (var w in new[] { "so", "sn", "nha", "to", "t", "ap", "khom", "k", "kp", "khu", "pho", "duong", "d", "hem", "ngo", "x", "xa", "p", "phuong", "h", "huyen", "tp", "tt", "tx", "thi", "tran" }) _noise.Add(Fingerprint.Of(w.Select(c => (byte)Letter.CodeOf(c)).ToArray()));
    }

    public override double[] Expected { get; } = [0.2, 0.45, 0.1, 0.25];

    public override ReadOnlySpan<sbyte> FrequencyLane => [-1, 0, -1, -1];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Parse(ReadOnlySpan<char> cell, ref Parsed to)
    {
        Span<byte> word = stackalloc byte[32];
        var words = to.All;
        words.Fill(-1);
        var (length, n) = (0, 0);
        ulong all = 1;
        for (var i = 0; i <= cell.Length; i++)
        {
            var code = i < cell.Length ? Letter.Plain(Letter.CodeOf(cell[i])) : 0;
            // "T.5", "K5" and "12/4A": a letter and a digit are not one word.
            var cut = length > 0 && (code == 0 || (word[length - 1] >= 40 && word[length - 1] < 50) != code is >= 40 and < 50);
            if (cut)
            {
                var key = Fingerprint.Of(word[..length]);
                length = 0;
                if (!_noise.Contains(key))
                {
                    all = Fingerprint.Join(all, key);
                    if (n < Words) words[n++] = _words.Id(key);
                }
            }
            if (code != 0 && length < word.Length) word[length++] = (byte)code;
        }
        (to.First, to.Count) = (all, n);
        Values[0].Prefetch(all);
    }

    protected override void Number(ref Parsed parsed, Span<int> lanes)
    {
        lanes[0] = Missing;
        if (parsed.Count == 0) return;
        var known = Values[0].Count;
        lanes[0] = Values[0].Id(parsed.First);
        if (lanes[0] != known) return;
        if ((known + 1) * Words > _kept.Length) Big.Grow(ref _kept, Big.Larger(_kept.Length));
        parsed.All.CopyTo(_kept.AsSpan(known * Words));
    }

    public override void Fetch(int value) => Big.Prefetch(ref _kept[value * Words]);

    /// <summary>Near: three in four of the longer one's words are in the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override int Slow(ref int a, ref int b, uint bits)
    {
        ReadOnlySpan<int> x = _kept.AsSpan(a * Words, Words);
        var y = Vector256.Create<int>(_kept.AsSpan(b * Words, Words));
        int common = 0, lengthX = 0, lengthY = Words - BitOperations.PopCount(y.ExtractMostSignificantBits());
        for (; lengthX < Words && x[lengthX] >= 0; lengthX++)
            if (Vector256.EqualsAny(y, Vector256.Create(x[lengthX]))) common++;
        return common * 4 >= Math.Max(lengthX, lengthY) * 3 ? 2 : 3;
    }
}
