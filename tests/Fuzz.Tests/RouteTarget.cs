using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SoGoc.Kernel.Time;
using SoGoc.Testing;

namespace SoGoc.Fuzz.Tests;

/// <summary>The JSON bodies of all routes. A case is the path, the content type and the body, in three lines; @person, @number, @list and the like stand for those of the town.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class RouteTarget : TownTarget
{
    private const string Reason = "\"purpose\":\"inspection\",\"case\":\"KT-1\"";

    private static readonly Dictionary<string, string[]> Sound = new()
    {
        ["/persons/lookup"] = [$$"""{"numbers":["@number","@other"],"fields":["fullName","born","sex","household","residence"],{{Reason}}}"""],
        ["/persons/verify"] = [$$"""{"number":"@number","claims":{"fullName":"Nguyễn Thị Mẫu","born":"5/7/1962","sex":"2","living":"true","permanentCommune":"@area","phone":"0900000000","oldId":"350000001"},{{Reason}}}"""],
        ["/persons/search"] =
        [
            $$"""{"text":"nguyen thi mau","born":"1962","area":"@area","sex":2,"household":"MAU-1","address":"ap vi du","most":20,{{Reason}}}""",
            $$"""{"text":"@number",{{Reason}}}""", $$"""{"text":"Nguyễn Thị Mẩu","most":100,{{Reason}}}""",
        ],
        ["/persons/show"] = [$$"""{"id":"@person","asOf":"2024-01-01","knownOn":"2026-11-24",{{Reason}}}""", $$"""{"id":"@person",{{Reason}}}"""],
        ["/persons/history"] = [$$"""{"number":"@number","asOf":"2024-01-01","knownOn":"2026-11-24",{{Reason}}}""", $$"""{"id":"@person",{{Reason}}}"""],
        ["/persons/correct"] =
        [
            """{"id":"@person","after":{"fullName":"Nguyễn Thị Mẫu Mới","born":"1962-07-05","sex":2,"ethnicity":"01","nationality":["VN"],"marital":1,"phone":"0900000000","birthPlace":{"area":1,"text":"Ấp Mẫu"},"otherNames":["Bịa"]},"cleared":["religion"],"ground":"QĐ mẫu"}""",
            """{"id":"@person","cleared":["phone"],"ground":"QĐ mẫu"}""",
        ],
        ["/persons/correct-contact"] = ["""{"id":"@person","phone":"0912 345 678","email":"mau@example.vn","ground":"chị Mẫu cho biết"}"""],
        ["/households/lookup"] = [$$"""{"fileNumbers":["MAU-1"],"ids":["@household"],"members":["@number"],"asOf":"2024-01-01",{{Reason}}}"""],
        ["/births/check"] = ["""{"kind":"both-parents","mother":"@number","fullName":"Nguyễn Thị Mẫu","sex":2,"born":"2026-11-01","evidence":"notification","evidenceNo":"MAU-1"}"""],
        ["/births/register"] =
        [
            """{"kind":"father-unknown","mother":"@number||Nguyễn Thị Mẫu|05071962|Nữ||","fullName":"Nguyễn Thị Mẫu","sex":2,"born":"2026-11-01","birthPlace":"Bệnh viện Mẫu","evidence":"witness","evidenceOn":"2026-11-02","declarant":"mother","confirmed":["civil.mother-age"]}""",
            """{"kind":"abandoned","fullName":"Nguyễn Văn Mẫu","sex":1,"born":"2026-11-01","birthPlace":"Chợ Mẫu","evidence":"found-record","evidenceNo":"1","evidenceOn":"2026-11-02","declarant":"carer","livesAt":"Mái ấm Mẫu"}""",
        ],
        ["/civil/entries/list"] = [$$"""{"kind":"birth","year":2026,"no":"1/2026","after":"@nobody",{{Reason}}}"""],
        ["/civil/entries/show"] = [$$"""{"entry":"@nobody",{{Reason}}}"""],
        ["/civil/papers/issue"] = ["""{"entry":"@nobody","kind":"extract"}"""],
        ["/civil/papers/print"] = ["""{"paper":"@nobody"}"""],
        ["/civil/papers/void"] = ["""{"paper":"@nobody","reason":"misprint","ground":"In hỏng"}"""],
        ["/civil/papers/verify"] = ["""{"code":"2345-6789-abcd-efgh","no":"01/2026","born":"1/11/2026","token":"e30.e30.e30"}"""],
        ["/civil/keys/revoke"] = ["""{"key":"mau","ground":"Máy bị mất"}"""],
        ["/residences/check"] = ["""{"act":"permanent","person":"@number","detail":"Ấp Mẫu"}""", """{"act":"stay","person":"@number||Nguyễn Thị Mẫu|05071962|Nữ||","persons":["@person"],"detail":"Ấp Mẫu","until":"2026-11-27"}"""],
        ["/residences/decide"] =
        [
            """{"act":"permanent","person":"@number","persons":["@person","@second"],"detail":"Ấp Mẫu","basis":"rented","ownerAgrees":true,"headAgrees":true,"dwellingChecked":true,"floor":40.5,"head":"@person","relations":[{"person":"@second","relation":"28"}],"confirmed":["civil.decided-today"]}""",
            """{"act":"temporary","person":"@second","detail":"Ấp Khác","basis":"own","dwellingChecked":true,"until":"2027-11-24","paper":"HĐ mẫu"}""", """{"act":"absence","person":"@number","from":"2026-12-01","until":"2028-01-01","reason":"other"}""",
            """{"act":"remove-permanent","person":"@number","persons":["@second"],"reason":"emigrated","newHead":"@number"}""",
        ],
        ["/civil/waiting"] = ["{}"],
        ["/civil/leave"] = ["""{"case":"KS-mau"}"""],
        ["/residences/list"] = ["{}"],
        ["/residences/notice"] = ["""{"decision":"@nobody"}"""],
        ["/households/check"] = ["""{"act":"split","person":"@number","persons":["@second"],"head":"@second"}"""],
        ["/households/decide"] =
        [
            """{"act":"split","person":"@number","persons":["@second"],"ownerAgrees":true,"headAgrees":true,"dwellingChecked":true}""", """{"act":"head","person":"@number","head":"@second","headAgrees":true}""",
            """{"act":"merge","person":"@number","persons":["@person"],"host":"@second","headAgrees":true}""",
        ],
        ["/marriages/check"] = ["""{"husband":"@second","wife":"@number"}"""],
        ["/marriages/register"] = ["""{"husband":"@second","wife":"@number||Nguyễn Thị Mẫu|05071962|Nữ||","bothHere":true,"notKin":true,"household":"stay","husbandTime":1,"wifeTime":2,"confirmed":["civil.marital-unknown"]}"""],
        ["/marriages/check-end"] = ["""{"person":"@number"}"""],
        ["/marriages/end"] = ["""{"person":"@number","how":"divorce","court":"Tòa án Mẫu","decisionNo":"12/HNGĐ","decisionOn":"2026-11-01","earlierEntry":"Số 1, UBND xã Mẫu"}"""],
        ["/births/check-revocation"] = ["""{"person":"@number"}"""],
        ["/births/revoke"] = ["""{"person":"@number","decidedBy":"UBND tỉnh Mẫu","decisionNo":"7/QĐ","decisionOn":"2026-11-24","confirmed":["civil.birth-stays-changed"]}"""],
        ["/deaths/check"] = ["""{"kind":"ordinary","deceased":"@number","died":"2026-11"}"""],
        ["/deaths/register"] = ["""{"kind":"ordinary","deceased":"@second","died":"2026-11-20","diedAt":"14:30","place":"Ấp Mẫu","cause":"Bệnh","evidence":"notice","evidenceNo":"1/GBT","evidenceOn":"2026-11-21","evidenceBy":"UBND xã Mẫu","declarant":"child","newHead":"@number"}"""],
        ["/deaths/check-return"] = ["""{"person":"@number"}"""],
        ["/deaths/annul"] = ["""{"person":"@second","court":"Tòa án Mẫu","decisionNo":"7/QĐ","decisionOn":"2026-11-24","confirmed":["civil.stays-changed"]}"""],
        ["/recognitions/check"] = ["""{"child":"@number","parent":"@second"}"""],
        ["/recognitions/register"] = ["""{"child":"@number","parent":"@second","proof":"dna","proofNo":"1/GĐ","proofOn":"2026-11-01","bothHere":true,"motherAgrees":true,"childAgrees":true,"newName":"Nguyễn Thị Mẫu"}"""],
        ["/adoptions/check"] = ["""{"child":"@number","adopter":"@second"}"""],
        ["/adoptions/register"] = ["""{"child":"@number","adopter":"@second","other":"@number","relation":"none","parentsAgree":true,"childAgrees":true,"movesIn":true,"newName":"Nguyễn Thị Mẫu"}"""],
        ["/guardianships/check"] = ["""{"ward":"@number","guardian":"@second"}"""],
        ["/guardianships/register"] = ["""{"ward":"@number","guardian":"@second","basis":"judgment","reason":"incapable","paperNo":"8/QĐ","paperOn":"2026-11-01","agrees":true}"""],
        ["/guardianships/check-end"] = ["""{"ward":"@number"}"""],
        ["/guardianships/end"] = ["""{"ward":"@number","why":"replaced"}"""],
        ["/changes/check"] = ["""{"person":"@number","what":"correction","born":"1961-07-05"}"""],
        ["/changes/register"] = ["""{"person":"@number","what":"correction","fullName":"Nguyễn Thị Mẫu Hai","born":"1961-07","sex":2,"ethnicity":"01","birthPlace":"Ấp Mẫu","hometown":"Ấp Thử","evidence":"Sổ khai sinh","evidenceNo":"1","evidenceOn":"2026-11-01"}"""],
        ["/marital-status/check"] = ["""{"person":"@number"}"""],
        ["/marital-status/confirm"] = ["""{"person":"@number","for":"other","purpose":"Vay vốn","told":"single","confirmed":["civil.marital-only-told"]}"""],
        ["/reregistrations/check"] = ["""{"person":"@number","what":"birth"}"""],
        ["/reregistrations/register"] = ["""{"person":"@number","what":"birth","earlierOffice":"UBND xã Mẫu (cũ)","earlierOn":"1962","bookLost":true,"evidence":"Học bạ"}"""],
        ["/foreign-acts/check"] = ["""{"person":"@number"}"""],
        ["/foreign-acts/note"] = ["""{"person":"@number","act":"marriage","on":"2026-05-01","country":"Hàn Quốc","authority":"Mẫu","paperNo":"M-1","spouse":"KIM MAU","spouseNationality":"KR"}"""],
        ["/old-books/coverage"] = ["""{"book":"@book"}""", "{}"],
        ["/old-books/open"] = ["""{"area":1,"kind":"death","yearFrom":1995,"yearTo":1996,"expected":200,"number":"2","office":"UBND xã Mẫu"}"""],
        ["/old-books/show"] = ["""{"book":"@book"}"""],
        ["/old-books/type"] = ["""{"image":"@page","place":1,"fields":{"no":"1","registeredOn":"5/7/1987","childName":"Nguyễn Thị Mẫu","childBorn":"7/1987","childSex":"nữ","note":"mờ"}}"""],
        ["/old-books/compare"] = ["""{"image":"@page","place":1}"""],
        ["/old-books/settle"] = ["""{"image":"@page","place":1,"choices":{"no":1,"childName":2}}"""],
        ["/old-books/mend"] = ["""{"row":"@row","fields":{"registeredOn":"6/7/1987","childBorn":"1987"},"asWritten":true}"""],
        ["/old-books/proposals"] = ["""{"book":"@book"}""", """{"party":"@party"}"""],
        ["/old-books/decide"] =
        [
            """{"party":"@party","decision":"linked","person":"@person"}""", """{"party":"@party","decision":"linked","number":"@number"}""", """{"party":"@party","decision":"nobody"}""",
            """{"party":"@party","decision":"later"}""", """{"party":"@party","decision":"undone"}""",
        ],
        ["/old-books/complete"] = ["""{"party":"@party","fields":["father","mother","birthPlace","birthRegistered"]}"""],
        ["/places/residents"] =
        [
            $$"""{"area":"@area","day":"2026-11-24","address":"ap","kind":"permanent","from":"1990-01-01","until":"2026-11-24","after":"00000000000000000000000000000001-1","most":10,{{Reason}}}""",
            $$"""{"area":"@area","after":"ffffffffffffffffffffffffffffffff-32767",{{Reason}}}""",
        ],
        ["/places/population"] = ["""{"area":"@area","day":"2026-11-24"}""", "{}"],
        ["/places/search"] = ["""{"text":"vinh truong","day":"2022-04-12"}"""],
        ["/places/resolve"] = ["""{"code":"30292","day":"2022-04-12","asOf":"2026-11-24"}"""],
        ["/numbers/free"] = ["""{"prefix":"089262"}""", """{"place":"089","year":1962,"sex":2}"""],
        ["/numbers/forecast"] = ["""{"place":"089","fromYear":2025,"toYear":2026}""", "{}"],
        ["/numbers/check"] = ["""{"person":"@person","paper":"Giấy khai sinh mẫu"}"""],
        ["/numbers/allot"] = ["""{"person":"@person","placeCode":"089","paper":"Giấy khai sinh mẫu","confirmed":["population.perhaps-twice"],"notSame":"Hai giấy khai sinh mẫu"}"""],
        ["/cards/show"] = ["""{"person":"@person"}"""], ["/cards/record"] = ["""{"person":"@person","issued":"2026-11-02","place":"Bộ Công an"}""", """{"person":"@person","corrects":0,"issued":"2022-03-01"}"""],
        ["/journal/feed"] = [$$"""{"after":1,"most":10,"kinds":["population.person-entered"],"bodies":true,{{Reason}}}"""],
        ["/persons/ask"] =
        [
            $$"""{"number":"@number","question":"under-age","years":6,{{Reason}}}""", $$"""{"number":"@number","question":"resident-for","months":12,"commune":"@area",{{Reason}}}""",
            $$"""{"number":"@number","question":"same-household","other":"@second",{{Reason}}}""", $$"""{"number":"@number","question":"living",{{Reason}}}""",
            $$"""{"number":"@number","question":"spouse-of","other":"@second",{{Reason}}}""", $$"""{"number":"@number","question":"parent-of","other":"@second",{{Reason}}}""",
        ],
        ["/cases/open"] = ["""{"kind":"dossier","reference":"HS-thu","purpose":"one-stop","numbers":["@number"]}""", """{"kind":"work-item","reference":"KT-thu","purpose":"inspection"}"""],
        ["/cases/close"] = ["""{"reference":"HS-thu"}"""], ["/cases/mine"] = ["{}"],
        ["/emergencies/ask"] = ["""{"why":"Có người ngất ở chợ, chưa rõ là ai","number":"@number"}"""],
        ["/emergencies/decide"] = ["""{"id":"@nobody","approved":true}"""],
        ["/emergencies/list"] = ["{}"],
        ["/journal/heads"] = ["""{"after":0,"most":2}"""],
        ["/journal/proofs"] = [$$"""{"log":"entry","position":1,"head":1,{{Reason}}}""", $$"""{"log":"disclosure","position":1,{{Reason}}}"""],
        ["/journal/growth"] = ["""{"log":"entry","older":1,"newer":1}"""],
        ["/quality/runs/ask"] = ["{}"],
        ["/quality/measures"] = ["{}", """{"area":12,"day":"2026-11-24"}""", """{"area":12,"hamlet":"ấp Mẫu"}"""],
        ["/quality/reports/weekly"] = ["{}", """{"area":12,"until":"2026-11-24"}"""],
        ["/quality/findings/list"] = ["""{"rule":"hometown-missing","measure":"complete","hamlet":"ấp Mẫu"}""", "{}"],
        ["/procedures/list"] = ["""{"words":"lam giay khai sinh","programme":"de-an-06-25","event":"child","sector":"birth"}"""],
        ["/files/look"] = ["""{"procedure":"1.003677","number":"@number||Nguyễn Thị Mẫu|05071962|Nữ||","about":"@number"}"""],
        ["/files/take-in"] = ["""{"procedure":"2.001194","number":"@number","answers":{"phone":"0900000000","reason":"lost"},"once":"@nobody","byPost":true}""", """{"procedure":"1.003677","number":"@number","answers":{"from":"01/12/2026","until":"01/12/2027","reason":"other","where":"Nơi mẫu","phone":"0900000000"},"once":"@person"}"""],
        ["/files/list"] = ["""{"basket":"late","procedure":"1.003677"}"""], ["/files/assign"] = ["""{"code":"H01.30367-261124-0001","to":"official:@nobody","why":"Việc gấp"}"""], ["/files/assignment"] = ["{}"],
        ["/files/assignment/set"] = ["""{"desk":"police:30367","scope":"sector:residence","officials":["official:@nobody"]}"""], ["/files/comment"] = ["""{"code":"H01.30367-261124-0001","text":"Đã gọi cho người dân"}"""],
        ["/files/comments"] = ["""{"code":"H01.30367-261124-0001"}"""], ["/files/find"] = ["""{"text":"nguyen thi mau"}""", """{"text":"261124-0001"}""", """{"text":"@number"}"""], ["/files/notices"] = ["{}"],
        ["/files/phrases"] = ["""{"code":"H01.30367-261124-0001"}"""],
        ["/files/phrases/keep"] = ["""{"code":"H01.30367-261124-0001","kind":"supplement","text":"Thiếu ảnh chân dung rõ mặt"}"""],
        ["/files/phrases/drop"] = ["""{"code":"H01.30367-261124-0001","phrase":"@nobody"}"""], ["/files/show"] = ["""{"code":"H01.30367-261124-0001"}"""], ["/files/receive"] = ["""{"code":"H01.30367-261124-0001"}"""],
        ["/files/take"] = ["""{"code":"H01.30367-261124-0001"}"""], ["/files/refuse"] = ["""{"code":"H01.30367-261124-0001","why":"Thiếu giấy tờ, hãy nộp lại"}"""],
        ["/files/ask-supplement"] = ["""{"code":"H01.30367-261124-0001","what":"Thiếu ảnh chân dung"}"""],
        ["/files/bring-supplement"] = ["""{"code":"H01.30367-261124-0001","answers":{"phone":"0900000000","reason":"lost"}}"""],
        ["/files/hand-over"] = ["""{"code":"H01.30367-261124-0001","why":"Nơi ở mới không thuộc xã này","desk":"police","commune":"30337"}"""],
        ["/files/apologise"] = ["""{"code":"H01.30367-261124-0001","due":"2026-12-10","why":"Máy hỏng"}"""], ["/files/carry-out"] = ["""{"code":"H01.30367-261124-0001"}"""],
        ["/files/decide"] = ["""{"code":"H01.30367-261124-0001","resultNo":"1/2026","text":"Xong"}"""], ["/files/complaints/list"] = ["{}"],
        ["/files/complaints/answer"] = ["""{"code":"H01.30367-261124-0001","answer":"Chúng tôi xin lỗi người dân."}"""],
        ["/procedures/draft"] = ["""{"code":"2.001178","text":"{}"}"""],
        ["/procedures/publish"] = ["""{"code":"2.001178","ground":"Quyết định mẫu"}"""],
        ["/procedures/roll-back"] = ["""{"code":"2.001178","version":1,"ground":"Quyết định mẫu"}"""],
        ["/procedures/withdraw"] = ["""{"code":"2.001178","ground":"Quyết định mẫu"}"""],
        ["/services/scores"] = ["""{"from":"2026-11-01","to":"2026-11-24","desk":"police","area":30367}"""],
        ["/services/waits"] = ["""{"from":"2026-11-01","to":"2026-11-24","desk":"police","area":30367}"""], ["/visits/slots"] = ["""{"procedure":"1.003677","counter":"@area"}"""], ["/visits/book"] = ["""{"procedure":"1.003677","at":"2026-11-26T09:00:00+07:00","number":"@number||Nguyễn Thị Mẫu","counter":"@area"}"""], ["/visits/move"] = ["""{"code":"48217730","at":"2026-11-27T09:00:00+07:00","counter":"@area"}"""], ["/visits/cancel"] = ["""{"code":"4821 7730","why":"mất điện"}"""],
        ["/queue/board"] = ["""{"counter":"@area","mine":"@nobody"}"""], ["/queue/show"] = ["""{"counter":"@area"}"""], ["/queue/give"] = ["""{"counter":"@area"}""", """{"visit":"48217730"}"""], ["/queue/call-next"] = ["""{"window":"1","counter":"@area","done":"@nobody"}"""], ["/queue/call-again"] = ["""{"turn":"@nobody","window":"1"}"""], ["/queue/set-aside"] = ["""{"turn":"@nobody"}"""], ["/queue/done"] = ["""{"turn":"@nobody"}"""],
        ["/services/scored-files"] = ["""{"criterion":"on-time","from":"2026-11-01","to":"2026-11-24","missed":true}"""],
        ["/files/papers/take"] = ["""{"code":"H01.30367-261124-0001","paper":"@nobody"}"""], ["/files/papers/check"] = ["""{"code":"H01.30367-261124-0001","paper":"@nobody","validUntil":"2027-11-24"}"""],
        ["/files/return"] = ["""{"code":"H01.30367-261124-0001","how":"counter"}"""],
        ["/payments/fees"] = ["""{"code":"H01.30367-261124-0001"}"""],
        ["/payments/cash"] = ["""{"code":"H01.30367-261124-0001","amount":25000,"fee":"procedure"}"""],
        ["/payments/offer"] = ["""{"code":"H01.30367-261124-0001","amount":25000,"fee":"procedure"}"""],
        ["/payments/waive"] = ["""{"code":"H01.30367-261124-0001","who":"poor","what":"sổ hộ nghèo 12/2026"}"""],
        ["/payments/ask"] = ["""{"code":"H01.30367-261124-0001","amount":1250000,"what":"lệ phí cấp biển số"}""", """{"code":"H01.30367-261124-0001"}"""],
        ["/payments/takings"] = ["""{"day":"2026-11-24"}""", "{}"],
        ["/payments/reconcile"] = ["""{"day":"2026-11-24","anew":true}""", """{"day":"2026-11-24"}"""],
        ["/payments/settle"] = ["""{"day":"2026-11-24","order":"H01.30367-261124-0001-P1"}"""],
        ["/payments/refund"] = ["""{"order":"H01.30367-261124-0001-P1","why":"nộp hai lần, trả lại một"}"""],
        ["/payments/refunds"] = ["{}"], ["/payments/callback"] = ["""{"order":"H01.30367-261124-0001-P1","amount":25000,"state":"paid","transaction":"THU0000000001","at":"2026-11-24T01:00:00Z"}"""],
        ["/payments/sandbox/refund"] = ["""{"id":"@nobody","order":"H01.30367-261124-0001-P1","transaction":"THU0000000001","amount":25000}"""],
        ["/payments/sandbox/statement"] = ["""{"day":"2026-11-24"}"""],
        ["/quality/findings/take"] = ["""{"rule":"hometown-missing","hamlet":"ấp Mẫu","most":20}"""],
        ["/quality/findings/answer"] = ["""{"id":"@nobody","outcome":"confirmed","text":"đã xem giấy"}"""],
        ["/quality/findings/give-back"] = ["""{"id":"@nobody","reason":"nước lớn"}"""],
        ["/quality/findings/to-hand"] = ["""{"rule":"hometown-missing","hamlet":"ấp Mẫu"}""", """{"handing":"@nobody"}"""],
        ["/quality/findings/hand"] = ["""{"to":"official:00000000-0000-0000-0000-00000000abcd","until":"2026-12-01","rule":"hometown-missing","hamlet":"ấp Mẫu","note":"ghé sớm"}""", """{"to":"official:00000000-0000-0000-0000-00000000abcd","until":"2026-12-01","findings":["@nobody"]}"""],
        ["/quality/findings/given"] = ["{}"], ["/quality/findings/mine"] = ["{}"],
        ["/quality/private-lists/ask"] = ["""{"name":"bao-hiem"}"""],
        ["/quality/private-lists/show"] = ["""{"id":"@nobody"}"""],
        ["/quality/lists/show"] = ["""{"id":"@nobody","outcome":"differs","after":9}"""],
        ["/quality/lists/map"] = ["""{"id":"@nobody","mapping":["number","name",""]}"""],
        ["/quality/lists/decide"] = ["""{"list":"@nobody","row":3,"decision":"chosen","person":"@person"}"""],
        ["/quality/duplicates/list"] = ["""{"state":"open","band":"look","after":{"weight":3.5,"id":"@nobody"},"most":10}""", "{}"],
        ["/quality/duplicates/show"] = ["""{"id":"@nobody","keep":"@person"}"""],
        ["/quality/duplicates/join"] = ["""{"pair":"@nobody","into":"@person","taken":["born","home"],"ground":"biên bản","seen":9}"""],
        ["/quality/duplicates/judge"] = ["""{"pair":"@nobody","decision":"different","ground":"biên bản"}"""],
        ["/quality/duplicates/separate"] = ["""{"pair":"@nobody","ground":"biên bản"}"""],
        ["/exchange/events"] = ["""{"state":"late","partner":"cong-an","subject":"@nobody","person":"@person","before":9,"most":10}""", "{}"],
        ["/exchange/send-again"] = ["""{"id":"@nobody"}""", """{"partner":"cong-an"}"""],
        ["/exchange/acknowledgements"] = ["""{"event":"@nobody","state":"refused","reason":"Thiếu dữ liệu","reference":"A-1"}"""],
        ["/filings/list"] = ["""{"state":"late","holder":"police"}""", "{}"],
        ["/filings/show"] = ["""{"code":"LT.30292-261124-0001"}"""],
        ["/filings/decide"] = ["""{"code":"LT.30292-261124-0001","approve":false,"reason":"Thiếu dữ liệu"}"""],
        ["/lists/show"] = ["""{"id":"@list"}"""],
        ["/lists/map"] = ["""{"id":"@list","mapping":["","fullName","born","ethnicity","number","permanentDetail"]}"""],
        ["/lists/enter"] = ["""{"id":"@nobody"}"""],
        ["/lists/cancel"] = ["""{"id":"@list"}"""],
        ["/lists/resume"] = ["""{"id":"@list"}"""],
    };

    private static readonly string[] Types = ["application/json", "application/json; charset=utf-16", "text/plain", "application/x-www-form-urlencoded", ""];

    private static readonly string[] Acts = ["/persons/correct", "/persons/correct-contact", "/cases/open", "/cases/close", "/emergencies/ask", "/births/check", "/births/register", "/births/check-revocation", "/births/revoke", "/residences/check", "/residences/decide", "/residences/list", "/residences/notice", "/civil/leave", "/households/check", "/households/decide", "/old-books/open", "/old-books/settle", "/old-books/type", "/old-books/mend", "/old-books/proposals", "/old-books/decide", "/old-books/complete",
        "/marriages/check", "/marriages/register", "/marriages/check-end", "/marriages/end", "/deaths/check", "/deaths/register", "/deaths/check-return", "/deaths/annul", "/recognitions/check", "/recognitions/register", "/adoptions/check", "/adoptions/register", "/guardianships/check", "/guardianships/register", "/guardianships/check-end", "/guardianships/end", "/changes/check", "/changes/register", "/marital-status/check", "/marital-status/confirm", "/reregistrations/check", "/reregistrations/register", "/foreign-acts/check", "/foreign-acts/note", "/numbers/check", "/numbers/allot", "/cards/show", "/cards/record",
        "/quality/private-lists/ask", "/quality/findings/take", "/quality/findings/hand", "/quality/findings/give-back", "/quality/findings/answer", "/quality/duplicates/show", "/quality/duplicates/join", "/quality/duplicates/judge", "/quality/duplicates/separate", "/quality/lists/decide",
        "/files/assign", "/files/comment", "/files/comments", "/files/find", "/files/phrases", "/files/phrases/keep", "/files/phrases/drop", "/files/look", "/files/take-in", "/files/show", "/files/receive", "/files/take", "/files/refuse", "/files/ask-supplement", "/files/bring-supplement", "/files/hand-over", "/files/apologise", "/files/carry-out", "/files/decide", "/files/return", "/files/complaints/answer", "/files/papers/check", "/files/papers/take", "/visits/book", "/visits/move", "/visits/cancel", "/queue/give", "/payments/cash", "/payments/offer", "/payments/waive", "/payments/ask"];

    private Dictionary<string, string> known = [];

    /// <summary>What the clerk of a commune does and nobody else.</summary>
    private static readonly string[] ByClerk = ["/births/", "/marriages/", "/deaths/", "/recognitions/", "/adoptions/", "/guardianships/", "/changes/", "/marital-status/", "/reregistrations/", "/foreign-acts/", "/civil/", "/payments/", "/visits/", "/queue/"];

    /// <summary>Civil status is registered by a commune and by nobody else.</summary>
    private Official? clerk;

    /// <summary>Residence is decided by its police, and numbers at the counter.</summary>
    private Official? police;

    public override string Name => "routes";

    public override int Cases => 2500;

    public override async Task Begin()
    {
        await base.Begin();
        clerk = await Town.As("canbo");
        police = await Town.As("congan");
        var routes = Town.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("POST") == true)
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/')).Where(p => p.StartsWith("/api/v1/", StringComparison.Ordinal)).Select(p => p["/api/v1".Length..]);
        Holds(routes.Order().SequenceEqual(Sound.Keys.Concat(["/lists", "/quality/lists", "/quality/private-lists/{id:guid}/digests", "/old-books/{book:guid}/batches", "/old-books/{book:guid}/images", "/files/{code}/papers"]).Order()), "the routes are others than those that are tried: give the new one a sound body");

        var area = Town.Places.Find("30367", Town.Clock.Today())!;
        var household = await Town.Household();
        var person = People.Someone().Named("Nguyễn Thị Mẫu").LivingAt(area.Id, "Ấp Ví Dụ", "1990-01-01").In(household, "01");
        var id = await Town.Enter(person);
        var second = People.Someone(1, "1960-01-02").LivingAt(area.Id, "Ấp Ví Dụ").In(household);
        await Town.Enter(second);
        await Town.Seal();
        using var list = new ByteArrayContent("STT,Họ và tên,Xã\n1,Mẫu,Mẫu\n"u8.ToArray());
        var kept = (await Reply.Of(await Registrar.Http.PostAsync("/api/v1/lists?name=mau.csv", list))).Succeeds();
        var old = await OldBook(area.Id);
        known = new()
        {
            ["@person"] = id.ToString(), ["@number"] = person.Facts.Number!.Value.ToString(), ["@other"] = "089262999999", ["@second"] = second.Facts.Number!.Value.ToString(), ["@area"] = area.Code, ["@household"] = household.ToString(),
            ["@list"] = kept["id"].GetString()!, ["@nobody"] = "00000000-0000-0000-0000-00000000abcd",
            ["@book"] = old.Book, ["@page"] = old.Page, ["@row"] = old.Row, ["@party"] = old.Party,
        };
    }

    /// <summary>An old book with an entry, one that was kept apart, and a page.</summary>
    private async Task<(string Book, string Page, string Row, string Party)> OldBook(int area)
    {
        var book = (await Registrar.Post("/old-books/open", new { area, kind = "birth", yearFrom = 2026, expected = 100 })).Succeeds()["book"].GetString()!;
        using var list = new ByteArrayContent("Số,Họ và tên,Ngày đăng ký,Ngày sinh\n1,Nguyễn Thị Mẫu,1/2/2026,1/2/2026\n2,Nguyễn Thị Mẫu,1/2/1950,1950\n"u8.ToArray());
        (await Reply.Of(await Registrar.Http.PostAsync($"/api/v1/old-books/{book}/batches?name=mau.csv", list))).Succeeds();
        using var picture = new ByteArrayContent([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        var page = (await Reply.Of(await Registrar.Http.PostAsync($"/api/v1/old-books/{book}/images?name=1.png&entries=2", picture))).Succeeds()["image"].GetString()!;
        return (book, page, (await Town.Value<Guid>("select id from civil.old_row limit 1")).ToString(), (await Town.Value<Guid>("select id from civil.old_party limit 1")).ToString());
    }

    public override byte[] Make(Mutator mutator)
    {
        var (path, bodies) = mutator.Any([.. Sound]);
        var body = mutator.Json(mutator.Any(bodies), mutator.Any(Sound[mutator.Any([.. Sound.Keys])]));
        return [.. Encoding.UTF8.GetBytes($"{path}\n{(mutator.Once(30) ? mutator.Any(Types) : Types[0])}\n"), .. body];
    }

    public override async Task Try(byte[] input)
    {
        var before = await Entries();
        using var request = Request(input, out var path);
        using var answer = await (ByClerk.Any(p => path.StartsWith(p, StringComparison.Ordinal)) ? clerk! : path.StartsWith("/residences/", StringComparison.Ordinal) || path is "/households/check" or "/households/decide" or "/numbers/check" or "/numbers/allot" or "/cards/show" or "/cards/record" ? police! : Registrar).Http.SendAsync(request);
        Answers((int)answer.StatusCode, path, await answer.Content.ReadAsStringAsync());
        // A forged message of the gateway is refused, and on record.
        Holds(await Entries() == before || (answer.IsSuccessStatusCode ? Acts.Contains(path) : path == "/payments/callback"), $"answered {(int)answer.StatusCode} and wrote to the register");
    }

    public override ValueTask DisposeAsync()
    {
        clerk?.Dispose();
        police?.Dispose();
        return base.DisposeAsync();
    }

    public override async Task End() => Holds((await Town.Verify()).Differences.Count == 0, "the register is not what its journal says");

    private HttpRequestMessage Request(byte[] input, out string path)
    {
        // Byte by byte, so that what is no UTF-8 stays it.
        var text = known.Aggregate(Encoding.Latin1.GetString(input), (t, k) => t.Replace(k.Key, k.Value, StringComparison.Ordinal));
        var parts = text.Split('\n', 3);
        var content = new ByteArrayContent(Encoding.Latin1.GetBytes(parts[2]));
        content.Headers.ContentType = parts[1].Length == 0 ? null : MediaTypeHeaderValue.Parse(parts[1]);
        path = parts[0];
        return new HttpRequestMessage(HttpMethod.Post, "/api/v1" + path) { Content = content };
    }
}
