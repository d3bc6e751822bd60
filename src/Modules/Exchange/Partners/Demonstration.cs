using Microsoft.Extensions.DependencyInjection;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;

namespace SoGoc.Exchange.Partners;

/// <summary>The invented partners of the demonstration.</summary>
internal sealed class Demonstration(IServiceScopeFactory scopes) : IExchange
{
    private static readonly (string Code, string Kind, string Name)[] All =
    [
        ("cong-an", "police", "Công an tỉnh (minh họa)"), ("bao-hiem-y-te", "health-insurance", "Bảo hiểm y tế (minh họa)"), ("bao-hiem-xa-hoi", "social-insurance", "Bảo hiểm xã hội (minh họa)"),
        ("thue", "tax", "Thuế tỉnh (minh họa)"), ("bao-tro", "social-protection", "Bảo trợ xã hội (minh họa)"), ("giao-duc", "education", "Giáo dục (minh họa)"),
        ("csgt", "traffic-police", "Cảnh sát giao thông (minh họa)"), ("xuat-nhap-canh", "immigration", "Quản lý xuất nhập cảnh (minh họa)"), ("con-dau", "seal-office", "Cơ quan đăng ký con dấu (minh họa)"), ("dat-dai", "land-office", "Văn phòng đăng ký đất đai (minh họa)"),
        ("dien-luc", "power-company", "Điện lực (minh họa)"), ("viec-lam", "job-centre", "Trung tâm Dịch vụ việc làm (minh họa)"), ("ly-lich", "criminal-records", "Cơ quan lý lịch tư pháp (minh họa)"), ("kho-bac", "treasury", "Kho bạc (minh họa)"),
    ];

    public async Task<IReadOnlyList<DemonstrationPartner>> SeedDemonstration(Uri program)
    {
        var seeded = new List<DemonstrationPartner>();
        foreach (var (code, kind, name) in All)
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentActor>().Set(Actor.System("demonstration"));
            var (runner, session, secrets) = (scope.ServiceProvider.GetRequiredService<Runner>(), scope.ServiceProvider.GetRequiredService<Session>(), scope.ServiceProvider.GetRequiredService<PartnerSecrets>());
            var (url, contact) = (new Uri(program, $"/{code}/events").AbsoluteUri, "0900 000 000");
            var there = await session.Rows("select id, secret from exchange.partner where code = $1", r => (Id: r.GetGuid(0), Secret: r.GetString(1)), code);
            if (there is [var known])
            {
                Good(await runner.Run<ChangePartner, Done>(f => f.Run(new ChangePartner.Request(known.Id, name, url, contact))));
                seeded.Add(new DemonstrationPartner(code, name, secrets.Open(known.Secret)));
            }
            else
            {
                seeded.Add(new DemonstrationPartner(code, name, Good(await runner.Run<RegisterPartner, RegisterPartner.Registered>(f => f.Run(new RegisterPartner.Request(code, kind, name, url, contact)))).Secret));
            }
        }

        return seeded;
    }

    private static T Good<T>(Outcome<T> outcome) => outcome.Ok(out var value) ? value : throw new InvalidOperationException(outcome.Problems[0].Code);
}
