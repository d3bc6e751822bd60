using System.CommandLine;
using System.Globalization;
using SoGoc.Kernel.Time;

namespace SoGoc.Host.Commands;

/// <summary>`sogoc …`: what the command line can do. Each command says in its own file how.</summary>
internal static class CommandLine
{
    public static RootCommand Make()
    {
        var root = new RootCommand("Sổ Gốc: sổ gốc dân cư của tỉnh / the root register of a province's people")
        {
            Run(), Import(), Generate(), Journal(), Places(), Law(), Branch(), Backup(), Restore(), Numbers(), Keys(), Link(), Digest(), Quality(),
        };
        // What goes wrong is said by Program, in one sentence; no stack of calls for the person at the keyboard.
        return root;
    }

    private static Command Run()
    {
        var demo = new Option<bool>("--demo") { Description = "với tỉnh minh họa do máy bịa ra / with an invented demonstration province" };
        var command = new Command("run", "chạy máy chủ / run the server") { demo };
        command.SetAction((p, stop) => RunHost.Run(Settings.FromEnvironment(), p.GetValue(demo), stop));
        return command;
    }

    private static Command Import()
    {
        var file = new Argument<FileInfo>("file") { Description = "danh sách .csv hoặc .xlsx / a list" };
        var apply = new Option<bool>("--apply") { Description = "nhập ngay các dòng đúng sau khi kiểm tra / enter the sound rows after the check" };
        var check = new Option<bool>("--check") { Description = "chỉ kiểm tra, không nhập / check only" };
        var map = new Option<string[]>("--map") { Description = "gán cột: \"Tên cột=fullName\" / map a column to a field", AllowMultipleArgumentsPerToken = true };
        var quarantine = new Option<FileInfo?>("--quarantine") { Description = "tệp ghi các dòng lỗi (mặc định: cạnh danh sách, *.loi.csv) / where the faulty rows go" };
        var command = new Command("import", "nhập danh sách người vào sổ gốc / import a list of people") { file, apply, check, map, quarantine };
        command.SetAction((p, stop) => ImportCommand.Run(Settings.FromEnvironment(), p.GetValue(file)!, p.GetValue(apply), p.GetValue(check), p.GetValue(map) ?? [], p.GetValue(quarantine), stop));
        return command;
    }

    private static Command Generate()
    {
        var people = new Option<int>("--people") { Description = "số người / how many people", DefaultValueFactory = _ => 50_000 };
        var seed = new Option<ulong>("--seed") { Description = "hạt giống: cùng số thì cùng người / same seed, same people", DefaultValueFactory = _ => 7 };
        var asOf = new Option<string?>("--as-of") { Description = "ngày của dân số, dạng 2022-04-12 / the population's day" };
        var dirt = new Option<string>("--dirt") { Description = "tỷ lệ dòng hoặc hồ sơ gài lỗi, như 0.03 / share of rows or records with planted faults", DefaultValueFactory = _ => "0" };
        var lists = new Option<DirectoryInfo?>("--as-lists") { Description = "ghi thành danh sách vào thư mục này thay vì vào sổ / write lists into this folder instead" };
        var one = new Option<bool>("--one-list") { Description = "một danh sách duy nhất thay vì mỗi xã một tệp / one list instead of one a commune" };
        var format = new Option<string>("--format") { Description = "csv | xlsx", DefaultValueFactory = _ => "csv" };
        var encoding = new Option<string>("--encoding") { Description = "utf8 | nfd | tcvn3 | vni | viqr", DefaultValueFactory = _ => "utf8" };
        var records = new Option<FileInfo?>("--as-records") { Description = "ghi thành một tệp hồ sơ của nhiều nơi, 10 % trùng người, có cột person là sự thật / write one file of records, some people twice, with the truth" };
        var verified = new Option<string>("--verified") { Description = "với --as-records: tỷ lệ người có số định danh ở mọi hồ sơ / share of people whose records carry their number", DefaultValueFactory = _ => "0" };
        var command = new Command("generate", "bịa ra cả một tỉnh / invent a whole province") { people, seed, asOf, dirt, lists, one, format, encoding, records, verified };
        command.SetAction((p, stop) => GenerateCommand.Run(Settings.FromEnvironment(), new GenerateCommand.Wish(p.GetValue(people), p.GetValue(seed), Day(p.GetValue(asOf)), Share(p.GetValue(dirt)!),
            p.GetValue(lists)?.FullName, p.GetValue(one), p.GetValue(format)!, p.GetValue(encoding)!,
            p.GetValue(records)?.FullName, Share(p.GetValue(verified)!)), stop));
        return command;
    }

    private static Command Journal()
    {
        var verify = new Command("verify", "gấp lại bút toán của mọi hồ sơ và so với sổ / fold every record's entries and compare");
        verify.SetAction((_, stop) => VerifyCommand.Run(Settings.FromEnvironment(), stop));
        return new Command("journal", "nhật ký / the journal") { verify };
    }

    private static Command Backup()
    {
        var file = new Argument<FileInfo>("file") { Description = "tệp sao lưu sẽ ghi / the backup to write" };
        var command = new Command("backup", "sao lưu cả sổ vào một tệp, kể cả khi máy chủ đang chạy / write the whole register into one file") { file };
        command.SetAction((p, stop) => BackupCommand.Make(Settings.FromEnvironment(), p.GetValue(file)!, stop));
        return command;
    }

    private static Command Restore()
    {
        var file = new Argument<FileInfo>("file") { Description = "tệp sao lưu / the backup" };
        var command = new Command("restore", "phục hồi vào thư mục dữ liệu trống rồi kiểm tra / restore into an empty data folder, and verify") { file };
        command.SetAction((p, stop) => BackupCommand.Restore(Settings.FromEnvironment(), p.GetValue(file)!, stop));
        return command;
    }

    private static Command Branch()
    {
        var from = new Option<Uri>("--from") { Description = "địa chỉ của sổ gốc / address of the root register", Required = true };
        var token = new Option<string>("--token") { Description = "mã truy cập do sổ gốc cấp / a token of the root register", Required = true };
        var file = new Option<string>("--case") { Description = "mã việc kết nối đang mở ở sổ gốc / reference of the case that is open at the root for it", Required = true };
        var follow = new Command("follow", "đưa sổ nhánh theo kịp sổ gốc / bring this branch up to date with its root") { from, token, file };
        follow.SetAction((p, stop) => BranchCommand.Follow(Settings.FromEnvironment(), p.GetValue(from)!, p.GetValue(token)!, p.GetValue(file)!, stop));
        return new Command("branch", "sổ nhánh / a branch of the register") { follow };
    }

    private static Command Quality()
    {
        var run = new Command("run", "tìm trùng lặp, kiểm tra mọi quy tắc trên cả sổ và đo bốn số / look for duplicates, ask all rules about the whole register, take the four measures");
        run.SetAction((_, stop) => QualityCommand.Run(Settings.FromEnvironment(), stop));
        return new Command("quality", "chất lượng dữ liệu: đúng, đủ, sạch, sống / clean data") { run };
    }

    private static Command Numbers()
    {
        var prefix = new Argument<string?>("prefix") { Description = "6 chữ số đầu / the first 6 digits", Arity = ArgumentArity.ZeroOrOne };
        var place = new Option<string?>("--place") { Description = "mã 3 chữ số của tỉnh / 3 digits of a province" };
        var year = new Option<int?>("--year") { Description = "năm sinh / year of birth" };
        var sex = new Option<string?>("--sex") { Description = "nam | nu" };
        var free = new Command("free", "còn bao nhiêu số cho một nơi, năm sinh và giới tính / how many numbers are left") { prefix, place, year, sex };
        free.SetAction((p, stop) => NumbersCommand.Free(Settings.FromEnvironment(), p.GetValue(prefix), p.GetValue(place), p.GetValue(year), p.GetValue(sex), stop));
        return new Command("numbers", "số định danh / personal numbers") { free };
    }

    private static Command Keys()
    {
        var rotate = new Command("rotate", "thay khóa ký thẻ đăng nhập; khóa cũ còn dùng để kiểm tra đến khi hết hạn / new keys for tokens; what the old ones signed is taken until it runs out");
        rotate.SetAction((_, stop) => KeysCommand.Rotate(Settings.FromEnvironment(), stop));
        return new Command("keys", "khóa của dịch vụ định danh / keys of the identity provider") { rotate };
    }

    private static Command Link()
    {
        var a = new Argument<FileInfo>("A") { Description = "danh sách .csv hoặc .xlsx / a list" };
        var b = new Argument<FileInfo?>("B") { Description = "danh sách thứ hai: tìm người có ở cả hai; không có: tìm trùng trong A / a second list to link with; without it: duplicates", Arity = ArgumentArity.ZeroOrOne };
        var model = new Option<FileInfo?>("--model") { Description = "mô hình .json: mục, cách so, khóa; không có thì đoán, và ghi cạnh kết quả / fields, comparisons and keys; else guessed, and saved beside the result" };
        var to = new Option<FileInfo>("--out") { Description = "tệp cặp sẽ ghi / where the pairs go", Required = true };
        var truth = new Option<string?>("--truth") { Description = "cột cho biết ai là ai: in bảng độ chính xác / column that tells who is who: prints the accuracy" };
        var clusters = new Option<FileInfo?>("--clusters") { Description = "tệp ghi nhóm người của từng dòng / where each row's cluster goes" };
        var threads = new Option<int>("--threads") { Description = "số luồng, 0 là tất cả / threads; 0: all" };
        var command = new Command("link", "tìm các dòng cùng nói về một người / find rows that are about one person") { a, b, model, to, clusters, truth, threads };
        command.SetAction((p, stop) => Task.FromResult(LinkCommand.Run(new LinkCommand.Wish(p.GetValue(a)!, p.GetValue(b), p.GetValue(model), p.GetValue(to)!, p.GetValue(clusters), p.GetValue(truth), p.GetValue(threads)), stop)));
        return command;
    }

    private static Command Digest()
    {
        var list = new Argument<FileInfo>("list") { Description = "danh sách .csv hoặc .xlsx / a list" };
        var key = new Option<FileInfo>("--key-file") { Description = "tệp có khóa mà trang Đối soát kín đã đưa / file with the key that the page has shown", Required = true };
        var to = new Option<FileInfo>("--out") { Description = "tệp mã băm sẽ ghi / where the digests go", Required = true };
        var command = new Command("digest", "tạo mã băm có khóa của danh sách, để đối soát mà không lộ dữ liệu / keyed digests of a list, to compare it without showing it") { list, key, to };
        command.SetAction((p, stop) => DigestCommand.Run(p.GetValue(list)!, p.GetValue(key)!, p.GetValue(to)!, stop));
        return command;
    }

    private static Command Places()
    {
        var file = new Argument<FileInfo>("file");
        var apply = new Command("apply", "áp dụng nghị quyết đổi đơn vị hành chính từ tệp CSV / apply a dated decree") { file };
        apply.SetAction((p, stop) => PlacesCommand.Apply(Settings.FromEnvironment(), p.GetValue(file)!, stop));
        var map = new Argument<FileInfo>("file");
        var boundaries = new Command("boundaries", "nạp ranh giới chính thức dạng GeoJSON / load official boundaries") { map };
        boundaries.SetAction((p, stop) => PlacesCommand.Boundaries(Settings.FromEnvironment(), p.GetValue(map)!, stop));
        return new Command("places", "địa bàn / administrative units") { apply, boundaries };
    }

    private static Command Law()
    {
        var file = new Argument<FileInfo>("file");
        var load = new Command("load", "nạp quy định có ngày hiệu lực từ tệp CSV / put dated rules into force") { file };
        load.SetAction((p, stop) => PlacesCommand.Law(Settings.FromEnvironment(), p.GetValue(file)!, stop));
        return new Command("law", "quy định / rules of law") { load };
    }

    private static DateOnly? Day(string? text) => text is null ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw new UsageException($"'{text}' không phải ngày dạng 2022-04-12. / is not a day like 2022-04-12.");

    /// <summary>0.03 and 0,03 are the same share, whatever the language of the terminal.</summary>
    private static double Share(string text) => double.TryParse(text.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) ? share
        : throw new UsageException($"'{text}' không phải tỷ lệ như 0.03. / is not a share like 0.03.");

    /// <summary>Today in the office, for commands that were given no day.</summary>
    public static DateOnly Today(Settings settings) => OfficeClock.AsOf(settings.AsOf).Today();
}
