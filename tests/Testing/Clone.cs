namespace SoGoc.Testing;

/// <summary>Where the project lies, for tests that read its pages and files.</summary>
public static class Clone
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "SoGoc.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests have to be run from a clone of the project.");
        }

        return folder.FullName;
    }
}
