using SoGoc.Identity;

namespace SoGoc.Host.Commands;

/// <summary>`sogoc keys rotate`: new keys for tokens, at once. Hosts that run take them up within five minutes.</summary>
internal static class KeysCommand
{
    public static async Task<int> Rotate(Settings settings, CancellationToken stop)
    {
        await using var work = await Workplace.Open(settings, stop);
        var keys = work.Get<ITokenKeys>().Rotate();
        Console.WriteLine($"{keys[0]}: ký từ bây giờ / signs from now on");
        foreach (var old in keys.Skip(1))
        {
            Console.WriteLine($"{old}: còn dùng để kiểm tra / still published");
        }

        return 0;
    }
}
