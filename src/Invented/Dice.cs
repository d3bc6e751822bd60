namespace SoGoc.Invented;

/// <summary>
/// The only source of chance: SplitMix64, the same on every machine. Uses integers and IEEE additions and multiplications
/// only; no logarithm or power, whose last bits differ between machines.
/// </summary>
internal sealed class Dice(ulong seed)
{
  private ulong state = seed;

  public static ulong Mix(ulong z)
  {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
  }

  /// <summary>A seed for an independent sequence named by text.</summary>
  public static ulong Branch(ulong seed, string name)
  {
    var h = Mix(seed + 0x9E3779B97F4A7C15);
    foreach (var c in name) h = Mix((h ^ c) + 0x9E3779B97F4A7C15);
    return h;
  }

  public ulong Next() => Mix(state += 0x9E3779B97F4A7C15);

  /// <summary>0 … n−1.</summary>
  public int Below(int n) => (int)Math.BigMul(Next() >> 32, (ulong)n, out var low) + (int)(low >> 32);

  /// <summary>From low to high, both included.</summary>
  public int Between(int low, int high) => low + Below(high - low + 1);

  /// <summary>0 up to but not including 1.</summary>
  public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

  public bool Chance(double p) => Unit() < p;
  public T Pick<T>(IReadOnlyList<T> list) => list[Below(list.Count)];

  /// <summary>A day from first to last, both included; first when the order is reversed.</summary>
  public DateOnly Day(DateOnly first, DateOnly last) =>
    last <= first ? first : first.AddDays(Below(last.DayNumber - first.DayNumber + 1));
}

/// <summary>Things drawn in proportion to whole-number weights.</summary>
internal sealed class Weighted<T>
{
  private readonly T[] items;
  private readonly int[] upTo;

  public Weighted(IEnumerable<(T Item, int Weight)> entries)
  {
    var kept = entries.Where(e => e.Weight > 0).ToArray();
    if (kept.Length == 0) throw new InvalidDataException("Nothing to draw from.");
    items = [.. kept.Select(e => e.Item)];
    upTo = new int[kept.Length];
    for (int i = 0, sum = 0; i < kept.Length; i++) upTo[i] = sum += kept[i].Weight;
  }

  public IReadOnlyList<T> Items => items;

  public T Draw(Dice dice)
  {
    var found = Array.BinarySearch(upTo, dice.Below(upTo[^1]) + 1);
    return items[found < 0 ? ~found : found];
  }
}
