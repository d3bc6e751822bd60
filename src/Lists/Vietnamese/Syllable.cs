namespace SoGoc.Lists;

/// <summary>Judges whether a word can be a Vietnamese syllable by its build: onset, rime, tone. It knows no dictionary.</summary>
internal static class Syllable
{
    static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Onsets = Words("""
        b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x
        """).GetAlternateLookup<ReadOnlySpan<char>>();

    static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Rimes = Words("""
        a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
        e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu
        i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
        o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot
        ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
        u ua uân uâng uât uây uc uê uêch uên uênh uêt ui um un ung uôc uôi uôm uôn uông uôt up ut uơ uy uya uych uyên uyêt uynh uyp uyt uyu
        ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu ych ynh yt
        """).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The word in normal form C, of any case. A syllable that ends in c, ch, p or t carries sắc or nặng.</summary>
    public static bool IsValid(ReadOnlySpan<char> word)
    {
        if (word.Length is 0 or > 7) return false;
        Span<char> plain = stackalloc char[word.Length];
        var tone = 0;
        for (var i = 0; i < word.Length; i++)
        {
            var index = Letters.IndexOf(word[i]);
            if (index < 0)
            {
                plain[i] = char.ToLowerInvariant(word[i]);
                continue;
            }
            if (index % Letters.Tones != 0)
            {
                if (tone != 0) return false;
                tone = index % Letters.Tones;
            }
            plain[i] = Letters.Lower[index - (index % Letters.Tones)];
        }
        if (plain[^1] is 'c' or 'p' or 't' || plain is [.., 'c', 'h'])
            if (tone is not (Letters.Sac or Letters.Nang)) return false;
        return HasBuild(plain);
    }

    static bool HasBuild(ReadOnlySpan<char> plain)
    {
        if (Rimes.Contains(plain)) return true;
        for (var length = 1; length <= 3 && length < plain.Length; length++)
            if (Onsets.Contains(plain[..length]) && Rimes.Contains(plain[length..]) && Spells(plain[..length], plain[length])) return true;
        return plain is ['g', 'i', ..] && (plain.Length == 2 || Rimes.Contains(plain[1..]));
    }

    // c, g, ng before a, o, u; gh, ngh before e, i; qu never before another u. (k too, but Bắc Kạn and the highlands write it before any vowel.)
    static bool Spells(ReadOnlySpan<char> onset, char vowel)
    {
        var front = vowel is 'e' or 'ê' or 'i' or 'y';
        return onset switch
        {
            "c" or "g" or "ng" => !front,
            "gh" or "ngh" => front,
            "qu" => vowel is not ('u' or 'ư'),
            _ => true,
        };
    }

    static HashSet<string> Words(string text) => [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];
}
