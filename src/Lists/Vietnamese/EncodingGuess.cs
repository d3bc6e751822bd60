using System.Text;

namespace SoGoc.Lists;

/// <summary>Which code a list is written in: each reading is credited one for a word that becomes a Vietnamese syllable and debited one for a word that does not.</summary>
/// <param name="Worth">Credit of the winner; 0 when nothing speaks for any code.</param>
internal sealed record EncodingGuess(VietnameseEncoding Encoding, int Worth)
{
    /// <summary>Only words with characters beyond ASCII tell Unicode from the fonts; VIQR must convince by ASCII words.</summary>
    public static EncodingGuess Of(IEnumerable<string> cells)
    {
        var (unicode, tcvn3, vni, decomposed, composed) = (0, 0, 0, 0, 0);
        var viqr = new ViqrEvidence();
        foreach (var cell in cells)
        {
            if (Ascii.IsValid(cell))
            {
                viqr.Add(cell);
                continue;
            }
            foreach (var word in ForeignWords(cell))
            {
                var normal = CellText.Canonical(word);
                if (normal.Length < word.Length) decomposed++;
                else composed++;
                Credit(word, normal, ref unicode, ref tcvn3, ref vni);
            }
        }

        var best = Math.Max(unicode, Math.Max(tcvn3, vni));
        if (viqr.Convinces && viqr.Syllables > best) return new(VietnameseEncoding.Viqr, viqr.Syllables);
        // Zero is enough: in a short list of the Khmer every second name is no Vietnamese syllable in any code.
        if (best >= 0 && tcvn3 == best && tcvn3 > unicode) return new(VietnameseEncoding.Tcvn3, best);
        if (best >= 0 && vni == best && vni > unicode) return new(VietnameseEncoding.Vni, best);
        return new(decomposed > composed ? VietnameseEncoding.UnicodeDecomposed : VietnameseEncoding.Unicode, unicode);
    }

    /// <summary>The code of a cell in a list to which several offices wrote: that of the list, unless another makes more Vietnamese syllables of it.</summary>
    public static VietnameseEncoding OfCell(string cell, VietnameseEncoding list)
    {
        var (unicode, tcvn3, vni) = (0, 0, 0);
        foreach (var word in ForeignWords(cell)) Credit(word, CellText.Canonical(word), ref unicode, ref tcvn3, ref vni);
        int Worth(VietnameseEncoding e) => e is VietnameseEncoding.Tcvn3 ? tcvn3 : e is VietnameseEncoding.Vni ? vni : unicode;
        return new[] { list, VietnameseEncoding.Unicode, VietnameseEncoding.Tcvn3, VietnameseEncoding.Vni }.MaxBy(Worth);
    }

    static void Credit(string word, string normal, ref int unicode, ref int tcvn3, ref int vni)
    {
        unicode += Judge(normal);
        tcvn3 += IsBeyondLatin(word) ? -1 : Judge(Tcvn3Code.Letter(word));
        vni += IsBeyondLatin(word) ? -1 : Judge(VniCode.Decode(word));
    }

    /// <summary>Words with a character beyond ASCII. Fonts use signs (¸ µ ¬ and the soft hyphen) as letters, so every such character counts as one.</summary>
    public static IEnumerable<string> ForeignWords(string cell)
    {
        for (var i = 0; i < cell.Length; i++)
        {
            var (start, foreign) = (i, false);
            for (; i < cell.Length && IsWordChar(cell[i]); i++) foreign |= cell[i] > '\x7F';
            if (foreign) yield return cell[start..i];
        }
    }

    public static bool IsBeyondLatin(string word)
    {
        foreach (var c in word)
            if (c > '\xFF' && (Letters.IsVietnamese(c) || Letters.IsMark(c))) return true;
        return false;
    }

    /// <summary>1 for a syllable that needed a Vietnamese letter, -1 for anything else.</summary>
    public static int Judge(string word) => Syllable.IsValid(word) && !Ascii.IsValid(word) ? 1 : -1;

    static bool IsWordChar(char c) =>
        char.IsAsciiLetter(c) || (c > '\x7F' && c is not ('\u00A0' or '\uFEFF') and not (>= '\u2000' and <= '\u206F') && !char.IsWhiteSpace(c));

    /// <summary>
    /// Marks stand in ordinary text too (blood group O+, e-mail, "Hoa."), so VIQR needs several different syllables, one of them with a hat, horn, breve or đ,
    /// few failures ("Ne'ang" is one), and a fair share of all words.
    /// </summary>
    sealed class ViqrEvidence
    {
        const int EnoughDistinct = 200;

        readonly HashSet<string> _distinct = [];
        bool _hatted;
        int _words, _failures;

        public int Syllables { get; private set; }

        public bool Convinces => _distinct.Count >= 2 && _hatted && _failures * 2 <= Syllables && Syllables * 7 >= _words;

        public void Add(string cell)
        {
            var decoded = ViqrCode.Decode(cell);
            var i = 0;
            foreach (var word in decoded.Split([' ', ',', '-', '/', ';', '.', '(', ')', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries))
            {
                if (!char.IsLetter(word[0])) continue;
                i++;
                if (Ascii.IsValid(word) || word.Length == 1) continue;
                if (!Syllable.IsValid(word))
                {
                    _failures++;
                    continue;
                }
                Syllables++;
                if (_distinct.Count < EnoughDistinct) _distinct.Add(word);
                foreach (var c in word) _hatted |= "ăâêôơưđ".Contains(BaseOf(c));
            }
            _words += i;
        }

        static char BaseOf(char c) => Letters.IndexOf(c) is >= 0 and var index ? Letters.Lower[index - (index % Letters.Tones)] : char.ToLowerInvariant(c);
    }
}
