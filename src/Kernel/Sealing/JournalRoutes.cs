using Microsoft.AspNetCore.Routing;
using SoGoc.Kernel.Web;

namespace SoGoc.Kernel.Sealing;

/// <summary>OpenCase: cases of his own, and asking in an emergency. ApproveEmergency: agreeing to what another asks for.</summary>
public enum JournalPermission { ReadFeed, ProveRow, OpenCase, ApproveEmergency }

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
