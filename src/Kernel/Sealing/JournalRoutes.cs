using Microsoft.AspNetCore.Routing;
using SoGoc.Kernel.Web;

namespace SoGoc.Kernel.Sealing;

public enum JournalPermission { ReadFeed, ProveRow }

/// <summary>What the Kernel itself answers.</summary>
public static class JournalRoutes
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.Post<ReadFeed>("/journal/feed").Needs(JournalPermission.ReadFeed);
        api.Post<ShowHeads>("/journal/heads").ForEverybody();
        api.Post<ProveRow>("/journal/proofs").Needs(JournalPermission.ProveRow);
        api.Post<ProveGrowth>("/journal/growth").ForEverybody();
    }
}
