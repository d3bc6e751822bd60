using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SoGoc.Client;

namespace SoGoc.Host.Tests;

/// <summary>What a stranger computes from the answers of the register, by the description and RFC 9162 alone: that a signature is right, that a row is in a head, that a head grew out of another.</summary>
internal static class Proven
{
    /// <summary>Size and root of the tree of entries, read from the signed note.</summary>
    /// <param name="key">SubjectPublicKeyInfo, by which the note has to be signed.</param>
    public static (long Size, byte[] Root) Entries(SignedHead head, byte[] key)
    {
        using var signer = ECDsa.Create();
        signer.ImportSubjectPublicKeyInfo(key, out _);
        Assert.True(signer.VerifyData(Encoding.UTF8.GetBytes(head.Note), head.Signature, HashAlgorithmName.SHA256), $"Head {head.No} is not signed with this key.");
        var words = head.Note.Split('\n').Single(l => l.StartsWith("entry ", StringComparison.Ordinal)).Split(' ');
        return (long.Parse(words[1], CultureInfo.InvariantCulture), Convert.FromBase64String(words[2]));
    }

    public static byte[] Leaf(IEnumerable<ProvenField> fields) =>
        SHA256.HashData([0, .. fields.SelectMany(f => Encoding.UTF8.GetBytes($"{Encoding.UTF8.GetByteCount(f.Text)}:{f.Text},"))]);

    /// <summary>The root to which a leaf leads (RFC 9162, 2.1.3.2); null when the path is too short or too long.</summary>
    public static byte[]? Root(byte[] leaf, long place, long size, IEnumerable<byte[]> path)
    {
        var (hash, at, last) = (leaf, place, size - 1);
        foreach (var beside in path)
        {
            if (last == 0)
            {
                return null;
            }

            if (at % 2 == 1 || at == last)
            {
                hash = Node(beside, hash);
                while (at % 2 == 0 && at != 0)
                {
                    (at, last) = (at / 2, last / 2);
                }
            }
            else
            {
                hash = Node(hash, beside);
            }

            (at, last) = (at / 2, last / 2);
        }

        return last == 0 ? hash : null;
    }

    /// <summary>Whether the newer tree begins with the older one (RFC 9162, 2.1.4.2).</summary>
    public static bool Grew((long Size, byte[] Root) older, (long Size, byte[] Root) newer, IReadOnlyList<byte[]> path)
    {
        List<byte[]> steps = [.. long.PopCount(older.Size) == 1 ? new[] { older.Root } : [], .. path];
        var (at, last) = (older.Size - 1, newer.Size - 1);
        while (at % 2 == 1)
        {
            (at, last) = (at / 2, last / 2);
        }

        var (old, grown) = (steps[0], steps[0]);
        foreach (var step in steps.Skip(1))
        {
            if (last == 0)
            {
                return false;
            }

            if (at % 2 == 1 || at == last)
            {
                (old, grown) = (Node(step, old), Node(step, grown));
                while (at % 2 == 0 && at != 0)
                {
                    (at, last) = (at / 2, last / 2);
                }
            }
            else
            {
                grown = Node(grown, step);
            }

            (at, last) = (at / 2, last / 2);
        }

        return last == 0 && old.SequenceEqual(older.Root) && grown.SequenceEqual(newer.Root);
    }

    private static byte[] Node(byte[] left, byte[] right) => SHA256.HashData([1, .. left, .. right]);
}
