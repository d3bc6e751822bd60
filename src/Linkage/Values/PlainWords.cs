using System.Runtime.CompilerServices;

namespace SoGoc.Linkage;

/// <summary>Words without marks, as they stand in one lane of names; for the frequent ones it is kept which have nothing to do with each other.</summary>
sealed class PlainWords(Syllables syllables)
{
    const int Tabled = 2048;
    const byte Apart_ = 1, Alike = 2;

    readonly byte[] _table = Big.Array<byte>(Tabled * Tabled, clear: true);
    readonly int[] _syllables = new int[Tabled];

    /// <summary>Remembers a syllable that the word of this number is without its marks.</summary>
    public int Keep(int word, int syllable)
    {
        if (word < Tabled) _syllables[word] = syllable;
        return word;
    }

    /// <summary>Whether the two are no slip of each other, whatever their marks; no where it is not known.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Apart(int a, int b)
    {
        if ((uint)a >= Tabled || (uint)b >= Tabled) return false;
        ref var kept = ref _table[(a * Tabled) + b];
        // Two threads may work it out at once, and write the same.
        if (kept == 0) kept = syllables.Apart(_syllables[a], _syllables[b]) ? Apart_ : Alike;
        return kept == Apart_;
    }
}
