using System.Diagnostics.CodeAnalysis;

namespace SoGoc.Kernel.Outcomes;

/// <summary>What every feature returns: a value, or all the problems of the request at once.</summary>
public readonly struct Outcome<T>
{
    private readonly IReadOnlyList<Problem>? problems;

    private Outcome(T? value, IReadOnlyList<Problem>? problems)
    {
        Value = value;
        this.problems = problems;
    }

    public T? Value { get; }

    public IReadOnlyList<Problem> Problems => problems ?? [];

    public bool Ok([NotNullWhen(true)] out T? value)
    {
        value = Value;
        return problems is null;
    }

    public bool IsGood => problems is null;

    public static implicit operator Outcome<T>(T value) => new(value, null);
    public static implicit operator Outcome<T>(Problem problem) => new(default, [problem]);
    public static implicit operator Outcome<T>(List<Problem> problems) =>
        problems.Count > 0 ? new(default, problems) : throw new ArgumentException("An outcome needs a value or at least one problem.", nameof(problems));
}

/// <summary>The result of a feature that has nothing to tell but that it was done.</summary>
public sealed record Done
{
    public static Done It { get; } = new();
}
