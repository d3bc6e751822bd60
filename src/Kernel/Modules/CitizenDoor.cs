namespace SoGoc.Kernel.Modules;

/// <summary>Something that a module offers on a citizen's first page.</summary>
/// <param name="Link">Where it is.</param>
/// <param name="Title">Code of the sentence that names it.</param>
/// <param name="Text">Code of the sentence that says what it is for.</param>
public sealed record CitizenDoor(string Link, string Title, string Text);
