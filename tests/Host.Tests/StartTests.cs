using System.Runtime.Versioning;

namespace SoGoc.Host.Tests;

/// <summary>How the program starts the programs of the system that it needs.</summary>
[SupportedOSPlatform("linux")]
public sealed class StartTests
{
    [Fact]
    public async Task A_file_named_like_a_program_of_the_system_in_the_working_folder_is_not_run()
    {
        using var folder = new ProgramFolder();
        var working = Directory.CreateTempSubdirectory("sogoc-planted").FullName;
        var trace = Path.Combine(working, "was-run");
        foreach (var tool in new[] { "id", "stat", "chown", "setpriv", "setsid", "initdb", "postgres" })
        {
            var planted = Path.Combine(working, tool);
            await File.WriteAllTextAsync(planted, $"#!/bin/sh\ntouch {trace}\n", TestContext.Current.CancellationToken);
            File.SetUnixFileMode(planted, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        using var program = folder.StartIn(working, ["journal", "verify"]);
        var said = await program.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await program.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(program.ExitCode == 0, said);
        Assert.False(File.Exists(trace));
        Directory.Delete(working, recursive: true);
    }
}
