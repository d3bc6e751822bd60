using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SoGoc.Linkage;

/// <summary>How the name of one record stands to that of another.</summary>
enum NameLevel : byte
{
    Missing,

    /// <summary>Letter for letter, apart from case and the place of the tone mark.</summary>
    Same,

    /// <summary>Same letters; marks are lost or differ, or the words are cut elsewhere.</summary>
    SameLetters,

    /// <summary>One slip in a word before the last.</summary>
    SlipBefore,

    /// <summary>One slip in the last word, the given name.</summary>
    SlipInGiven,

    /// <summary>Thị or Văn left out or put in.</summary>
    Particle,

    /// <summary>Another middle word left out or put in.</summary>
    MiddleLess,

    /// <summary>Same words in another order.</summary>
    Turned,

    /// <summary>Several slips, or a slip and a word less.</summary>
    Slips,

    /// <summary>Family and given name agree, the middle does not.</summary>
    OtherMiddle,

    /// <summary>Only the given name agrees.</summary>
    GivenOnly,

    /// <summary>Only the family name agrees.</summary>
    FamilyOnly,

    Different,
}

/// <summary>Names as up to eight numbers of syllables.</summary>
sealed class NameBook(Syllables syllables)
{
    public const int Words = 8;

    int[] _words = new int[1024 * Words];

    public Syllables Syllables => syllables;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Keep(int id, ReadOnlySpan<int> words)
    {
        while ((id + 1) * Words > _words.Length) Big.Grow(ref _words, Big.Larger(_words.Length));
        var place = _words.AsSpan(id * Words, Words);
        place.Fill(-1);
        words.CopyTo(place);
    }

    /// <summary>Fetches the words into the cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fetch(int id) => Big.Prefetch(ref _words[id * Words]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<int> WordsOf(int id) => Trim(_words.AsSpan(id * Words, Words));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ReadOnlySpan<int> Trim(ReadOnlySpan<int> words) => words[..(Words - BitOperations.PopCount(Vector256.Create<int>(words).ExtractMostSignificantBits()))];

    /// <summary>For two names that are neither equal nor equal in their letters.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public NameLevel Compare(int first, int second)
    {
        var a = WordsOf(first);
        var b = WordsOf(second);
        if (a.Length < b.Length)
        {
            var shorter = a;
            a = b;
            b = shorter;
        }
        if (b.Length == 0) return NameLevel.Different;
        var given = syllables.Between(a[^1], b[^1]);
        var family = syllables.Between(a[0], b[0]);
        if (given == Slip.Other && family == Slip.Other) return NameLevel.Different;
        if (b.Length == 1) return given == Slip.Other ? NameLevel.Different : given <= Slip.Marks ? NameLevel.GivenOnly : a.Length == 1 ? NameLevel.SlipInGiven : NameLevel.Different;
        if (given == Slip.Other) return NameLevel.FamilyOnly;
        if (a.Length == b.Length) return SameLength(a, b, given, family);
        return family == Slip.Other ? Partly(given, family) : Shorter(a, b, given, family);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    NameLevel SameLength(ReadOnlySpan<int> a, ReadOnlySpan<int> b, Slip given, Slip family)
    {
        var (slips, others) = (Count(given) + Count(family), family == Slip.Other ? 1 : 0);
        for (var i = 1; i < a.Length - 1; i++)
        {
            var slip = syllables.Between(a[i], b[i]);
            slips += Count(slip);
            if (slip == Slip.Other) others++;
        }
        if (others > 0) return Partly(given, family);
        if (slips == 0) return NameLevel.SlipBefore;
        return slips > 1 ? NameLevel.Slips : given > Slip.Marks ? NameLevel.SlipInGiven : NameLevel.SlipBefore;
    }

    // The shorter name's words in their order within the longer one.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    NameLevel Shorter(ReadOnlySpan<int> a, ReadOnlySpan<int> b, Slip given, Slip family)
    {
        var (at, slips, left) = (1, Count(given) + Count(family), true);
        for (var i = 1; i < a.Length - 1; i++)
        {
            if (at < b.Length - 1 && syllables.Between(a[i], b[at]) is var slip and not Slip.Other)
            {
                slips += Count(slip);
                at++;
            }
            else left &= a[i] == syllables.Thi || a[i] == syllables.Van;
        }
        if (at < b.Length - 1) return Partly(given, family);
        return slips > 0 ? NameLevel.Slips : left ? NameLevel.Particle : NameLevel.MiddleLess;
    }

    static NameLevel Partly(Slip given, Slip family) =>
        given <= Slip.Marks ? family <= Slip.Marks ? NameLevel.OtherMiddle : NameLevel.GivenOnly : family <= Slip.Marks ? NameLevel.FamilyOnly : NameLevel.Different;

    static int Count(Slip slip) => slip is > Slip.Marks and < Slip.Other ? 1 : 0;
}
