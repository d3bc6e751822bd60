using System.Runtime.CompilerServices;

namespace SoGoc.Linkage;

/// <summary>A name taken apart into syllables.</summary>
ref struct NameParts(Span<int> words)
{
    public Span<int> Words = words;
    public int Count;

    /// <summary>Fingerprint of all plain letters, without the spaces between words.</summary>
    public ulong Joined;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static NameParts Of(ReadOnlySpan<char> text, Syllables syllables, Span<int> words)
    {
        const int Longest = 24;
        var parts = new NameParts(words);
        Span<byte> word = stackalloc byte[Longest], all = stackalloc byte[Longest * NameBook.Words];
        var (length, tone, total) = (0, 0, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            var code = i < text.Length ? Letter.CodeOf(text[i]) : 0;
            if (code != 0)
            {
                if (length < Longest) word[length++] = (byte)code;
                if (Letter.ToneOf(text[i]) is > 0 and var t) tone = t;
                continue;
            }
            // The apostrophe of H'Mông is no gap.
            if (length == 0 || (i < text.Length && text[i] is '\'' or '’' or '`')) continue;
            length = Typed.Undo(word, length, ref tone);
            if (parts.Count < words.Length) words[parts.Count++] = syllables.Id(word[..length], tone);
            for (var k = 0; k < length && total < all.Length; k++) all[total++] = (byte)Letter.Plain(word[k]);
            (length, tone) = (0, 0);
        }
        parts.Joined = Fingerprint.Of(all[..total]);
        return parts;
    }
}

/// <summary>A person's own name.</summary>
sealed class NameColumn : WordsColumn
{
    static readonly string[] Named = [.. Enum.GetNames<NameLevel>().Select(TextColumn.Kebab)];

    const int Family = 3, Given = 4;

    readonly NameBook _book;
    readonly PlainWords _families, _givens;

    public NameColumn(LinkField info, Syllables syllables) : base(info, ["written", "letters", "sorted", "family", "given"], Named)
    {
        (_book, _families, _givens) = (new(syllables), new(syllables), new(syllables));
        for (var bits = 0; bits < Fast.Length; bits++)
            if ((bits & 1) != 0) Fast[bits] = (byte)NameLevel.Same;
            else if ((bits & 2) != 0) Fast[bits] = (byte)NameLevel.SameLetters;
            else if ((bits & 4) != 0) Fast[bits] = (byte)NameLevel.Turned;
    }

    public override double[] Expected { get; } = [0.005, 0.78, 0.05, 0.05, 0.04, 0.02, 0.02, 0.01, 0.01, 0.003, 0.003, 0.003, 0.003];

    public override ReadOnlySpan<sbyte> FrequencyLane => [-1, 1, 1, 4, 3, 4, 4, 2, -1, 4, 4, 3, -1];

    public NameBook Book => _book;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Parse(ReadOnlySpan<char> cell, ref Parsed to)
    {
        var parts = NameParts.Of(cell, _book.Syllables, to.All);
        to.Count = parts.Count;
        ulong written = 1, sorted = 1;
        foreach (var word in to.Known)
        {
            written = Fingerprint.Join(written, (ulong)word + 1);
            sorted += Fingerprint.Mix(_book.Syllables.Plain(word));
        }
        (to.First, to.Second, to.Third) = (written, parts.Joined, Fingerprint.Mix(sorted));
        Values[0].Prefetch(to.First);
        Values[1].Prefetch(to.Second);
        Values[2].Prefetch(to.Third);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Number(ref Parsed parsed, Span<int> lanes)
    {
        lanes.Fill(Missing);
        if (parsed.Count == 0) return;
        var (first, last) = (parsed.Known[0], parsed.Known[^1]);
        lanes[0] = Values[0].Id(parsed.First);
        _book.Keep(lanes[0], parsed.Known);
        lanes[1] = Values[1].Id(parsed.Second);
        lanes[2] = Values[2].Id(parsed.Third);
        if (parsed.Count > 1) lanes[Family] = _families.Keep(Values[Family].Id(_book.Syllables.Plain(first)), first);
        lanes[Given] = _givens.Keep(Values[Given].Id(_book.Syllables.Plain(last)), last);
    }

    /// <summary>How many records have the name of this one, and how many its family name (of one word: how many have a name).</summary>
    public int Namesakes(ref int lanes, out int ofFamily)
    {
        var family = Unsafe.Add(ref lanes, Family);
        ofFamily = family < 0 ? (int)Known : CountOf(Family, family);
        return CountOf(1, Unsafe.Add(ref lanes, 1));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override int Slow(ref int a, ref int b, uint bits) => Cheaply(ref a, ref b, bits) is not Undecided and var level ? level : (int)_book.Compare(a, b);

    public override void Fetch(int value) => _book.Fetch(value);

    /// <summary>Most pairs have given names that are no slip of each other; then only family names count, and no word has to be fetched.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override int Cheaply(ref int a, ref int b, uint bits)
    {
        if ((bits >> Given & 1) != 0 || !_givens.Apart(Unsafe.Add(ref a, Given), Unsafe.Add(ref b, Given))) return Undecided;
        if ((bits >> Family & 1) != 0) return (int)NameLevel.FamilyOnly;
        return _families.Apart(Unsafe.Add(ref a, Family), Unsafe.Add(ref b, Family)) ? (int)NameLevel.Different : Undecided;
    }
}

/// <summary>The name of a mother or father: only its letters count as equal, and near is near.</summary>
sealed class ParentColumn : WordsColumn
{
    readonly NameBook _book;

    public ParentColumn(LinkField info, Syllables syllables) : base(info, ["letters"], ["missing", "same", "near", "different"])
    {
        _book = new(syllables);
        Fast[1] = 1;
    }

    public override double[] Expected { get; } = [0.2, 0.7, 0.08, 0.02];

    public override ReadOnlySpan<sbyte> FrequencyLane => [-1, 0, -1, -1];

    protected override void Parse(ReadOnlySpan<char> cell, ref Parsed to)
    {
        var parts = NameParts.Of(cell, _book.Syllables, to.All);
        (to.Count, to.First) = (parts.Count, parts.Joined);
        Values[0].Prefetch(to.First);
    }

    protected override void Number(ref Parsed parsed, Span<int> lanes)
    {
        lanes[0] = Missing;
        if (parsed.Count == 0) return;
        var known = Values[0].Count;
        lanes[0] = Values[0].Id(parsed.First);
        if (lanes[0] == known) _book.Keep(known, parsed.Known);
    }

    public override void Fetch(int value) => _book.Fetch(value);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override int Slow(ref int a, ref int b, uint bits) => _book.Compare(a, b) is >= NameLevel.SlipBefore and <= NameLevel.Slips ? 2 : 3;
}
