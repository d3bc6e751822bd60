using SoGoc.Kernel.Text;

namespace SoGoc.Population.Imports;

/// <summary>The fields that a column of a list can hold: key, field group of the law (0: not the person's own), and the heads by which offices call it (folded).</summary>
internal sealed record ListField(string Key, int Group, params string[] Heads)
{
    public static IReadOnlyList<ListField> All { get; } =
    [
        new("number", 3, "so dinh danh ca nhan", "so dinh danh", "ma dinh danh", "so cccd", "cccd", "so can cuoc", "so can cuoc cong dan", "so ddcn", "ma so dinh danh", "so cccd ddcn", "so dinh danh ca nhan cccd", "personal number"),
        new("fullName", 1, "ho va ten", "ho ten", "ho chu dem va ten", "ho chu dem va ten khai sinh", "ho ten khai sinh", "ho va ten khai sinh", "ten nhan khau", "ho va ten cong dan", "full name", "name"),
        new("surname", 1, "ho", "ho khai sinh"),
        new("middle", 1, "chu dem", "ten dem", "chu lot", "ho va chu dem", "ho va ten dem", "ho va chu lot", "ho dem"),
        new("given", 1, "ten", "ten khai sinh"),
        new("otherNames", 2, "ten goi khac", "ten khac", "bi danh", "other names"),
        new("born", 4, "ngay sinh", "ngay thang nam sinh", "nam sinh", "ngay thang nam sinh khai sinh", "sinh ngay", "ntns", "date of birth"),
        new("sex", 5, "gioi tinh", "nam nu", "phai", "gioi", "sex"),
        new("birthPlace", 6, "noi sinh", "place of birth"),
        new("birthRegistered", 7, "noi dang ky khai sinh", "noi dkks", "dang ky khai sinh tai"),
        new("hometown", 8, "que quan", "nguyen quan", "hometown"),
        new("ethnicity", 9, "dan toc", "ethnicity"),
        new("religion", 10, "ton giao", "religion"),
        new("nationality", 11, "quoc tich", "nationality"),
        new("blood", 12, "nhom mau", "blood group"),
        new("oldId", 13, "so cmnd", "cmnd", "so cmnd 9 so", "cmnd 9 so", "so chung minh nhan dan", "cmnd cu"),
        new("cardIssued", 14, "ngay cap the", "ngay cap cccd", "ngay cap", "ngay cap the can cuoc", "ngay cap can cuoc"),
        new("cardPlace", 14, "noi cap the", "noi cap cccd", "noi cap", "noi cap the can cuoc", "noi cap can cuoc"),
        new("fileNumber", 20, "so ho so cu tru", "so ho so", "so ho khau", "ma ho", "so ho", "ma so ho", "so so ho khau", "ma ho gia dinh"),
        new("relation", 22, "quan he voi chu ho", "quan he chu ho", "quan he", "moi quan he voi chu ho", "qh voi chu ho", "qh chu ho"),
        new("homeDetail", 16, "dia chi thuong tru", "so nha duong ap khom", "dia chi", "noi thuong tru", "ho khau thuong tru", "thuong tru", "so nha duong pho", "ap khom", "cho o", "noi o", "dia chi chi tiet"),
        new("homeCode", 16, "ma xa thuong tru", "ma xa", "ma phuong xa", "ma dvhc", "ma xa phuong"),
        new("homeCommune", 16, "xa phuong thuong tru", "xa phuong", "phuong xa", "xa", "ten xa", "xa phuong thi tran"),
        new("homeDistrict", 16, "huyen thuong tru", "huyen", "quan huyen", "huyen thi xa thanh pho", "ten huyen"),
        new("homeProvince", 16, "tinh thuong tru", "tinh", "tinh thanh pho", "tinh thanh", "ten tinh"),
        new("homeSince", 16, "thuong tru tu ngay", "ngay dang ky thuong tru", "ngay thuong tru", "ngay dktt", "thuong tru tu"),
        new("temporary", 17, "dia chi tam tru", "noi tam tru", "tam tru"),
        new("current", 18, "noi o hien tai", "cho o hien tai", "dia chi hien tai"),
        new("marital", 21, "tinh trang hon nhan", "hon nhan", "tthn"),
        new("fatherNumber", 15, "so dinh danh cha", "so dinh danh cua cha", "cccd cha", "so cccd cha", "so dd cha"),
        new("fatherName", 15, "ho ten cha", "ho va ten cha", "ten cha", "cha", "ho ten cha de"),
        new("motherNumber", 15, "so dinh danh me", "so dinh danh cua me", "cccd me", "so cccd me", "so dd me"),
        new("motherName", 15, "ho ten me", "ho va ten me", "ten me", "me", "ho ten me de"),
        new("spouseNumber", 15, "so dinh danh vo chong", "so dinh danh vo hoac chong", "cccd vo chong", "so dd vo chong", "so cccd vo chong"),
        new("spouseName", 15, "ho ten vo chong", "ho va ten vo chong", "ten vo chong", "vo chong", "ho ten vo hoac chong"),
        new("phone", 25, "dien thoai", "so dien thoai", "sdt", "dtdd", "so dt", "dien thoai di dong", "phone"),
        new("email", 25, "email", "thu dien tu", "hop thu dien tu"),
        new("died", 24, "ngay chet", "ngay mat", "ngay thang nam chet", "chet ngay", "ngay tu vong"),
        new("other", 26, "thong tin khac"),
    ];

    /// <summary>Columns that people put into lists and that are not data, the faults of a quarantine file among them.</summary>
    public static readonly string[] NotData = ["stt", "so tt", "tt", "so thu tu", "no", "ghi chu", "loi cot", "loi ma", "loi giai thich", "dong goc"];

    private static readonly Dictionary<string, string> ByHead =
        All.SelectMany(f => f.Heads.Prepend(NameKey.Of(f.Key)).Select(h => (h, f.Key))).DistinctBy(p => p.h).ToDictionary(p => p.h, p => p.Key, StringComparer.Ordinal);

    public static ListField? Find(string key) => All.FirstOrDefault(f => f.Key == key);

    /// <summary>For each head the field it means, or an empty text; each field once, the first column that names it. What officials mapped by hand before comes first.</summary>
    public static string[] Guess(IReadOnlyList<string> heads, IReadOnlyDictionary<string, string> known) => ColumnHeads.Guess(heads,
        key => known.TryGetValue(key, out var remembered) ? remembered : NotData.Contains(key) ? "" : ByHead.GetValueOrDefault(key, ""));
}
