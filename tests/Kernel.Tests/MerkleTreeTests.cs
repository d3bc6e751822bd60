using System.Security.Cryptography;
using CsCheck;
using SoGoc.Kernel.Sealing;

namespace SoGoc.Kernel.Tests;

/// <summary>The tree in tiles against the plain definition of RFC 9162, and its proofs against the verification that a stranger would write from the same text.</summary>
public sealed class MerkleTreeTests
{
    private static readonly byte[][] Leaves = [.. Enumerable.Range(0, 70_000).Select(i => SHA256.HashData(BitConverter.GetBytes(i)))];

    [Fact]
    public async Task The_root_is_that_of_the_definition_at_every_size_around_the_edges_of_tiles()
    {
        foreach (var size in new[] { 0, 1, 2, 3, 255, 256, 257, 511, 512, 513, 1000, 65_535, 65_536, 65_537, 70_000 })
        {
            Assert.Equal(ByDefinition(Leaves.AsSpan(0, size)), await Tree(size).Root(size));
        }
    }

    [Fact]
    public void A_leaf_is_proved_in_by_its_path_and_another_is_not() => Gen.Select(Gen.Int[1, 3000], Gen.Int[0, 2999]).Where((n, i) => i < n).Sample((size, leaf) =>
    {
        var path = Tree(size).Inclusion(leaf, size).GetAwaiter().GetResult();
        var root = ByDefinition(Leaves.AsSpan(0, size));
        return Led(Leaves[leaf], leaf, size, path).AsSpan().SequenceEqual(root) && !Led(Leaves[leaf + 1], leaf, size, path).AsSpan().SequenceEqual(root);
    }, iter: 200);

    [Fact]
    public void An_older_tree_is_proved_the_beginning_of_a_newer_one() => Gen.Select(Gen.Int[1, 3000], Gen.Int[1, 3000]).Where((a, b) => a <= b).Sample((older, newer) =>
    {
        var path = Tree(newer).Consistency(older, newer).GetAwaiter().GetResult();
        return Grew(older, newer, ByDefinition(Leaves.AsSpan(0, older)), ByDefinition(Leaves.AsSpan(0, newer)), path)
            && (older == newer || !Grew(older, newer, Leaves[0], ByDefinition(Leaves.AsSpan(0, newer)), path) || older == 1);
    }, iter: 200);

    [Fact]
    public void A_tree_that_grows_leaf_by_leaf_has_the_same_roots()
    {
        int[] sizes = [1, 2, 3, 7, 256, 300, 2999];
        var tree = new GrowingTree([.. sizes.Select(s => (long)s)]);
        foreach (var leaf in Leaves.Take(3000))
        {
            tree.Add(leaf);
        }

        Assert.All(sizes, s => Assert.Equal(ByDefinition(Leaves.AsSpan(0, s)), tree.RootAt(s)));
    }

    private static MerkleTree Tree(int size)
    {
        var levels = new List<byte[][]> { Leaves[..size] };
        while (levels[^1].Length >= MerkleTree.Width)
        {
            levels.Add([.. levels[^1].Chunk(MerkleTree.Width).Where(t => t.Length == MerkleTree.Width).Select(t => ByDefinition(t))]);
        }

        return new MerkleTree((level, no) => ValueTask.FromResult<byte[]>([.. levels[level].Skip((int)no * MerkleTree.Width).Take(MerkleTree.Width).SelectMany(h => h)]));
    }

    // RFC 9162, 2.1.1.
    private static byte[] ByDefinition(ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.Length < 2)
        {
            return leaves.Length == 0 ? SHA256.HashData([]) : leaves[0];
        }

        var k = 1;
        while (k * 2 < leaves.Length)
        {
            k *= 2;
        }

        return SHA256.HashData([1, .. ByDefinition(leaves[..k]), .. ByDefinition(leaves[k..])]);
    }

    // RFC 9162, 2.1.3.2.
    private static byte[] Led(byte[] leaf, long fn, long size, List<byte[]> path)
    {
        var (r, sn) = (leaf, size - 1);
        foreach (var p in path)
        {
            if (sn == 0)
            {
                return [];
            }

            if ((fn & 1) == 1 || fn == sn)
            {
                r = SHA256.HashData([1, .. p, .. r]);
                while ((fn & 1) == 0 && fn != 0)
                {
                    fn >>= 1;
                    sn >>= 1;
                }
            }
            else
            {
                r = SHA256.HashData([1, .. r, .. p]);
            }

            fn >>= 1;
            sn >>= 1;
        }

        return sn == 0 ? r : [];
    }

    // RFC 9162, 2.1.4.2.
    private static bool Grew(long older, long newer, byte[] first, byte[] second, List<byte[]> proof)
    {
        if (older == newer)
        {
            return proof.Count == 0 && first.AsSpan().SequenceEqual(second);
        }

        var path = (older & (older - 1)) == 0 ? [first, .. proof] : proof;
        var (fn, sn) = (older - 1, newer - 1);
        while ((fn & 1) == 1)
        {
            fn >>= 1;
            sn >>= 1;
        }

        var (fr, sr) = (path[0], path[0]);
        foreach (var c in path.Skip(1))
        {
            if (sn == 0)
            {
                return false;
            }

            if ((fn & 1) == 1 || fn == sn)
            {
                (fr, sr) = (SHA256.HashData([1, .. c, .. fr]), SHA256.HashData([1, .. c, .. sr]));
                while ((fn & 1) == 0 && fn != 0)
                {
                    fn >>= 1;
                    sn >>= 1;
                }
            }
            else
            {
                sr = SHA256.HashData([1, .. sr, .. c]);
            }

            fn >>= 1;
            sn >>= 1;
        }

        return sn == 0 && fr.AsSpan().SequenceEqual(first) && sr.AsSpan().SequenceEqual(second);
    }
}
