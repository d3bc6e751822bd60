using Microsoft.AspNetCore.Routing;
using SoGoc.Kernel.Web;
using SoGoc.Services.Files;

namespace SoGoc.Services.Desk;

/// <summary>Routes of a desk of many hands.</summary>
internal static class DeskRoutes
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.Post<AssignFile>("/files/assign").Needs(ServicesPermission.AssignFiles).Acts();
        api.Post<ShowAssignment>("/files/assignment").Needs(ServicesPermission.AssignFiles);
        api.Post<SetAssignmentRule>("/files/assignment/set").Needs(ServicesPermission.AssignFiles).Acts();
        api.Post<CommentFile>("/files/comment").ForAnyOfficial().Acts();
        api.Post<ListComments>("/files/comments").ForAnyOfficial();
        api.Post<FindFiles>("/files/find").ForAnyOfficial();
        api.Post<ListNotices>("/files/notices").ForAnyOfficial();
        api.Post<ListPhrases>("/files/phrases").ForAnyOfficial();
        api.Post<KeepPhrase>("/files/phrases/keep").ForAnyOfficial().Acts();
        api.Post<DropPhrase>("/files/phrases/drop").ForAnyOfficial().Acts();
    }
}
