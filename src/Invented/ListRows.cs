using SoGoc.Lists;

namespace SoGoc.Invented;

/// <summary>People as the rows of the standard list.</summary>
internal sealed class ListRows
{
  public static readonly string[] Heads = ["STT", "Số định danh cá nhân", "Họ và tên", "Tên gọi khác", "Ngày sinh", "Giới tính", "Dân tộc", "Tôn giáo", "Quốc tịch",
    "Nơi sinh", "Nơi đăng ký khai sinh", "Quê quán", "Số CMND", "Ngày cấp thẻ", "Nơi cấp thẻ", "Số hồ sơ cư trú", "Quan hệ với chủ hộ", "Địa chỉ thường trú",
    "Mã xã thường trú", "Xã/phường thường trú", "Huyện thường trú", "Tỉnh thường trú", "Thường trú từ ngày", "Địa chỉ tạm trú", "Tình trạng hôn nhân", "Nhóm máu",
    "Số định danh cha", "Họ tên cha", "Số định danh mẹ", "Họ tên mẹ", "Số định danh vợ/chồng", "Họ tên vợ/chồng", "Điện thoại", "Email", "Ngày chết"];

  public const int Number = 1, Name = 2, Born = 4, Sex = 5, Ethnicity = 6, Religion = 7, OldId = 12, Relation = 16, CommuneCode = 18, Since = 22, Marital = 24,
    FatherNumber = 26, Phone = 32, Died = 34;

  private readonly Territory territory;
  private readonly Dictionary<string, string> ethnicities, religions, relations, codes;

  public ListRows(Territory territory, string folder)
  {
    this.territory = territory;
    ethnicities = Table(folder, "ethnic_groups", r => r["code"], r => r["name"]);
    religions = Table(folder, "religions", r => r["code"], r => r["code"] == "99" ? "Không" : r["name"]);
    relations = Table(folder, "relations", r => r["code"], r => r["name"]);
    codes = Table(folder, "code_lists", r => r["list"] + r["code"], r => r["name"]);
  }

  public string[] Row(InventedHousehold home, InventedPerson p, int ordinal)
  {
    var at = home.CommuneToday;
    return [ordinal.ToString(System.Globalization.CultureInfo.InvariantCulture), p.Number, p.FullName, string.Join("; ", p.OtherNames), Written(p.Born), p.Sex == 1 ? "Nam" : "Nữ",
      ethnicities[p.Ethnicity], religions[p.Religion], "Việt Nam", p.BirthPlaceText ?? Written(p.BirthPlace), Written(p.BirthRegisteredAt), Written(p.Hometown),
      p.OldIdNumbers.Length > 0 ? p.OldIdNumbers[0] : "", p.Card is { } c ? Written(new InventedDate(c.Issued)) : "", p.Card?.Issuer ?? "", home.FileNumber,
      relations[p.Relation], home.Detail, at.Code, territory.Name(at), territory.DistrictName(at), territory.ProvinceName(at), Written(new InventedDate(p.ResidentSince)),
      p.Died is null ? p.Temporary?.Detail ?? "" : "", codes["marital_status" + Text.Digit(p.Marital)], p.BloodGroup.Length > 0 ? codes["blood_group" + p.BloodGroup] : "",
      p.Father?.Number ?? "", p.Father?.Name ?? "", p.Mother?.Number ?? "", p.Mother?.Name ?? "", p.Spouse?.Number ?? "", p.Spouse?.Name ?? "",
      p.Phone ?? "", p.Email ?? "", p.Died is { } d ? Written(d) : ""];
  }

  public static string Written(InventedDate d) => d.Month == 0 ? Text.Four(d.Year) : $"{Text.Two(d.Day)}/{Text.Two(d.Month)}/{Text.Four(d.Year)}";

  private string Written(UnitRef? unit) => unit is { } u ? territory.Written(u) : "";

  private static Dictionary<string, string> Table(string folder, string name, Func<ReferenceTable.Row, string> key, Func<ReferenceTable.Row, string> value) =>
    new ReferenceTable(folder, name).Rows.ToDictionary(key, value, StringComparer.Ordinal);
}
