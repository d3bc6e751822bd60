using Microsoft.AspNetCore.Routing;
using SoGoc.Kernel.Web;

namespace SoGoc.Services.Visits;

/// <summary>Routes of bookings and queues.</summary>
internal static class VisitRoutes
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.Post<ListSlots>("/visits/slots").ForEverybody();
        api.Post<BookForVisitor>("/visits/book").Needs(ServicesPermission.ReceiveFiles).Acts();
        api.Post<MoveVisit>("/visits/move").Needs(ServicesPermission.ReceiveFiles).Acts();
        api.Post<CancelVisit>("/visits/cancel").Needs(ServicesPermission.ReceiveFiles).Acts();
        api.Post<ShowBoard>("/queue/board").ForEverybody();
        api.Post<ShowQueue>("/queue/show").Needs(ServicesPermission.ReceiveFiles);
        api.Post<GiveNumber>("/queue/give").Needs(ServicesPermission.ReceiveFiles).Acts();
        api.Post<CallNext>("/queue/call-next").Needs(ServicesPermission.ReceiveFiles).Acts();
        api.Post<CallAgain>("/queue/call-again").Needs(ServicesPermission.ReceiveFiles).Acts();
        api.Post<SetAside>("/queue/set-aside").Needs(ServicesPermission.ReceiveFiles).Acts();
        api.Post<EndTurn>("/queue/done").Needs(ServicesPermission.ReceiveFiles).Acts();
        api.Post<ShowWaits>("/services/waits").Needs(ServicesPermission.ReadScores);
    }
}
