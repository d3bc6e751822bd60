using System.Globalization;
using SoGoc.Host;
using SoGoc.Host.Commands;
using SoGoc.Host.Postgres;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Sealing;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.GetCultureInfo("vi-VN");
if ("ế".Normalize(System.Text.NormalizationForm.FormD).Length != 3)
{
    Console.Error.WriteLine("Thiếu thư viện ICU: tên tiếng Việt sẽ bị xử lý sai. Hãy cài libicu. / ICU is missing: Vietnamese names would be mangled. Install libicu.");
    return 1;
}

try
{
    // Two seconds is what the library leaves a command that is told to end; answers under way and PostgreSQL's checkpoint may take longer on a busy machine.
    return await CommandLine.Make().Parse(args).InvokeAsync(new System.CommandLine.InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromMinutes(1) });
}
catch (Exception e) when (e is UsageException or ClusterException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
catch (Npgsql.NpgsqlException e) when (DatabaseTrouble.Of(e) is { } trouble)
{
    var say = Platform.Sentences();
    Console.Error.WriteLine($"\n{trouble}: {say[trouble]} {say["host.run-again"]}");
    return 1;
}
catch (HeadSignerException e)
{
    string Say(string language) => Platform.Sentences().Say(e.Problem.Code, CultureInfo.GetCultureInfo(language), e.Problem.Data);
    Console.Error.WriteLine($"{e.Problem.Code}: {Say("vi")} / {Say("en")}");
    return 1;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine($"\n{Platform.Sentences()["host.stopped"]}");
    return 130;
}
