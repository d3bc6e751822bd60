using System.Text;

namespace SoGoc.Journeys.Tests;

/// <summary>A list as a commune sends it: mostly right, and wrong in the ways lists are.</summary>
internal static class FaultyList
{
    private static int sent;

    /// <summary>Each list has people of its own, so that one journey does not meet those of another.</summary>
    public static byte[] Bytes(string phoneHead = "Số máy liên hệ")
    {
        var no = Interlocked.Increment(ref sent);
        var text = new StringBuilder($"STT,Họ và tên,Ngày sinh,Giới tính,Số định danh cá nhân,Dân tộc,Địa chỉ thường trú,Xã phường,Huyện,Tỉnh,{phoneHead}\n");
        for (var i = 1; i <= 40; i++)
        {
            var (born, number, sex, phone) = ($"{i % 28 + 1:00}/{i % 12 + 1:00}/{1950 + i}", $"0890{50 + i}{no:000}{i:000}", "Nam", $"0912{no:000}{i:000}");
            if (i is 3 or 17) born = "31/02/1962";
            if (i is 9) number = number[1..];
            if (i is 12) sex = "Nm";
            if (i is 20) number = $"0890{50 + i + 1}{no:000}{i:000}";
            if (i is 25) phone = "12345";
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{i},Phạm Văn Mẫu {Word(no)} {Word(i)},{born},{sex},{number},Kinh,Ấp Mẫu,Xã Vĩnh Trường,Huyện An Phú,Tỉnh An Giang,{phone}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Word(int i) => $"{"ABCDEGHIKL"[i / 10 % 10]}{"aeiouybcdg"[i % 10]}";
}
