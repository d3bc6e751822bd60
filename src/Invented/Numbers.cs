namespace SoGoc.Invented;

/// <summary>A keyed one-to-one mapping of 0 … size−1 onto itself: unique numbers without remembering any.</summary>
internal sealed class Permutation(int size, ulong key)
{
  private readonly int side = SideOf(size);

  private static int SideOf(int size)
  {
    var side = 1;
    while ((long)side * side < size) side++;
    return side;
  }

  public int Of(int index)
  {
    ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
    // A Feistel network over side × side; walks on while it lands outside the wanted range.
    do
    {
      int left = index / side, right = index % side;
      for (ulong round = 0; round < 4; round++)
        (left, right) = (right, (int)((ulong)left + Dice.Mix(key + (round << 40) + (ulong)right) % (ulong)side) % side);
      index = left * side + right;
    } while (index >= size);
    return index;
  }
}

/// <summary>
/// Personal numbers (Nghị định 137/2015/NĐ-CP, article 13): place of birth registration, century and sex, year, six digits.
/// One counter per prefix keeps them unique over the whole output.
/// </summary>
internal sealed class Numbers(ulong seed)
{
  private const int Free = 1_000_000;
  private readonly Dictionary<int, (Permutation Order, int Next)> used = [];
  private readonly Dictionary<int, int> spare = [];
  private readonly Dictionary<string, (Permutation Order, int Next)> oldIds = new(StringComparer.Ordinal);

  public string Take(string place, int sex, int year)
  {
    var prefix = Prefix(place, sex, year);
    var (order, next) = used.TryGetValue(prefix, out var state) ? state : (OrderOf(prefix), 0);
    used[prefix] = (order, next + 1);
    return Digits(prefix, order.Of(next));
  }

  /// <summary>A number of that prefix which <see cref="Take"/> never gives to anybody: for planted errors.</summary>
  public string TakeSpare(string place, int sex, int year)
  {
    var prefix = Prefix(place, sex, year);
    var taken = spare[prefix] = spare.GetValueOrDefault(prefix) + 1;
    return Digits(prefix, OrderOf(prefix).Of(Free - taken));
  }

  /// <summary>A nine-digit number of an old identity paper; 35 was the series of An Giang, 37 that of Kiên Giang.</summary>
  public string TakeOldId(string series)
  {
    var (order, next) = oldIds.TryGetValue(series, out var state) ? state : (new(10_000_000, Dice.Branch(seed, "cmnd" + series)), 0);
    oldIds[series] = (order, next + 1);
    return string.Create(9, (series, n: order.Of(next)), static (s, v) =>
    {
      v.series.CopyTo(s);
      Text.Digits(s[2..], v.n);
    });
  }

  private static int Prefix(string place, int sex, int year) =>
    (((place[1] - '0') * 10 + place[2] - '0') * 10 + (year - 1900) / 100 * 2 + sex - 1) * 100 + year % 100;

  private Permutation OrderOf(int prefix) => new(Free, Dice.Mix(seed ^ ((ulong)prefix * 0xD6E8FEB86659FD93)));

  private static string Digits(int prefix, int last) => string.Create(12, (prefix, last), static (s, v) =>
  {
    Text.Digits(s[..6], v.prefix);
    Text.Digits(s[6..], v.last);
  });
}
