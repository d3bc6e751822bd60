namespace SoGoc.Services.Files;

/// <summary>Where a file is: the ten codes by which provinces and the national portal tell each other (Thông tư 22/2019/TT-VPCP).</summary>
internal enum FileStatus : short
{
    /// <summary>Mới đăng ký: handed in online or by post, not looked at yet.</summary>
    Submitted = 1,
    /// <summary>Được tiếp nhận: received; the clock runs.</summary>
    Received = 2,
    /// <summary>Không được tiếp nhận: not received, with reasons.</summary>
    NotReceived = 3,
    /// <summary>Đang xử lý: somebody deals with it.</summary>
    InHand = 4,
    /// <summary>Yêu cầu bổ sung giấy tờ: it waits for the citizen; the clock stands.</summary>
    Supplement = 5,
    /// <summary>Yêu cầu thực hiện nghĩa vụ tài chính: it waits for a payment; the clock stands.</summary>
    Payment = 6,
    /// <summary>Công dân yêu cầu rút hồ sơ: taken back by who handed it in.</summary>
    Withdrawn = 7,
    /// <summary>Dừng xử lý: refused, or not supplemented in time.</summary>
    Stopped = 8,
    /// <summary>Đã xử lý xong: decided; here its time is measured.</summary>
    Decided = 9,
    /// <summary>Đã trả kết quả: the result was handed over.</summary>
    Returned = 10,
}

/// <summary>Which status may follow which. Nothing else moves a file, and the database refuses it too.</summary>
internal static class FileStatuses
{
    private static readonly Dictionary<FileStatus, FileStatus[]> After = new()
    {
        [FileStatus.Submitted] = [FileStatus.Received, FileStatus.NotReceived, FileStatus.Supplement, FileStatus.Payment, FileStatus.Withdrawn],
        [FileStatus.Received] = [FileStatus.InHand, FileStatus.Supplement, FileStatus.Payment, FileStatus.Withdrawn, FileStatus.Stopped, FileStatus.Decided],
        [FileStatus.InHand] = [FileStatus.Supplement, FileStatus.Payment, FileStatus.Withdrawn, FileStatus.Stopped, FileStatus.Decided],
        [FileStatus.Supplement] = [FileStatus.Submitted, FileStatus.InHand, FileStatus.NotReceived, FileStatus.Stopped, FileStatus.Withdrawn],
        [FileStatus.Payment] = [FileStatus.Submitted, FileStatus.Received, FileStatus.InHand, FileStatus.NotReceived, FileStatus.Stopped, FileStatus.Withdrawn],
        [FileStatus.Decided] = [FileStatus.Returned],
    };

    public static bool MayBecome(this FileStatus from, FileStatus to) => After.TryGetValue(from, out var next) && next.Contains(to);

    /// <summary>It ended without a decision: nothing is owed for it any more.</summary>
    public static bool CameToNothing(this FileStatus status) => status is FileStatus.NotReceived or FileStatus.Withdrawn or FileStatus.Stopped;

    /// <summary>Nothing follows any more but the handing over.</summary>
    public static bool IsOver(this FileStatus status) => status.CameToNothing() || status is FileStatus.Decided or FileStatus.Returned;

    /// <summary>It waits for the citizen, and the clock stands.</summary>
    public static bool Stands(this FileStatus status) => status is FileStatus.Supplement or FileStatus.Payment;
}
