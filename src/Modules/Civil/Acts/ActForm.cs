using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;

namespace SoGoc.Civil.Acts;

/// <summary>How a field is asked for.</summary>
internal enum Ask
{
    /// <summary>A person's number, or the code of the card.</summary>
    Person,
    Text,
    /// <summary>A whole date.</summary>
    Date,
    /// <summary>A date of which only month or year may be known.</summary>
    PartialDate,
    Choice,
    /// <summary>One of what the look at the register offers, by <see cref="ActChecked.Offers"/>.</summary>
    Offer,
    Yes,
}

/// <summary>A field of the form of an act. Its label is the sentence civil.ask-{name}; a choice's words are civil.choice-{set}-{value}.</summary>
/// <param name="Name">As in the API.</param>
/// <param name="Choices">What can be chosen.</param>
/// <param name="Set">Name of the choices, where it is not the field's.</param>
/// <param name="Needed">Has to be filled in.</param>
/// <param name="Wide">Takes the whole line.</param>
/// <param name="Offered">Asked only where the look at the register offers it, by <see cref="ActChecked.Offers"/>.</param>
/// <param name="Hint">There is a sentence civil.hint-{name}.</param>
internal sealed record ActField(string Name, Ask Ask, IReadOnlyList<string>? Choices = null, string? Set = null, bool Needed = true, bool Wide = false, bool Hint = false, int Longest = 300, bool Offered = false)
{
    /// <summary>Whether there is anything to ask, by what the register offers.</summary>
    public bool IsAsked(IReadOnlyDictionary<string, IReadOnlyList<Offer>> offers) => !(Offered || Ask == Ask.Offer) || offers.GetValueOrDefault(Name) is { Count: > 0 };

    public string ChoiceCode(string value) => $"civil.choice-{Set ?? Name}-{value}";
}

/// <summary>What was filled in. Dates that cannot be read are told, and stay as they were typed.</summary>
internal sealed class FormValues(ActForm form, Func<string, string?> posted, IReadOnlyList<string> confirmed, string? reference)
{
    private readonly Dictionary<string, string> values = form.Fields.Select(f => (f.Name, Value: posted(f.Name)?.Trim())).Where(v => !string.IsNullOrEmpty(v.Value)).ToDictionary(v => v.Name, v => v.Value!, StringComparer.Ordinal);

    private readonly List<Problem> problems = [];

    public IReadOnlyList<Problem> Problems => problems;

    public IReadOnlyList<string> Confirmed => confirmed;

    public string? Case => reference;

    public string? Text(string field) => values.GetValueOrDefault(field);

    public bool Yes(string field) => values.GetValueOrDefault(field) == "true";

    public DateOnly? Date(string field) => Partial(field) is { Precision: DatePrecision.Day, Earliest: var day } ? day : Malformed<DateOnly>(field, values.ContainsKey(field) && Partial(field) is not null);

    public PartialDate? Partial(string field) => values.GetValueOrDefault(field) is not { } text ? null : DateWriting.TryRead(text, out var date) ? date : Malformed<PartialDate>(field, true);

    /// <summary>What the look at the register suggests, unless something was filled in.</summary>
    public void Suggest(string field, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            values.TryAdd(field, value);
        }
    }

    private T? Malformed<T>(string field, bool is_) where T : struct
    {
        if (is_ && !problems.Exists(p => p.Field == field))
        {
            problems.Add(Problem.Invalid(field, "civil.date-malformed"));
        }

        return null;
    }
}

/// <summary>The form of an act, as the one page of acts shows it: whom it is about first, and the rest with what the register knows.</summary>
/// <param name="Act">civil.act-{act} is its title, civil.act-text-{act} what it is for.</param>
/// <param name="Path">In the address of the page.</param>
/// <param name="Letters">At the head of the code of its cases.</param>
/// <param name="Group">Under which head it is listed: birth, marriage, death, family, change, paper.</param>
/// <param name="First">Asked before anything else.</param>
/// <param name="Then">Asked when the register has said what it knows.</param>
/// <param name="Check">Looks at it.</param>
/// <param name="Register">Decides it.</param>
internal sealed record ActForm(string Act, string Path, string Letters, string Group, IReadOnlyList<ActField> First, IReadOnlyList<ActField> Then,
    Func<ActPage, FormValues, Task<Outcome<ActChecked>>> Check, Func<ActPage, FormValues, Task<Outcome<ActRegistered>>> Register)
{
    public IEnumerable<ActField> Fields => First.Concat(Then);

    /// <summary>What is filled in before anybody types.</summary>
    public IReadOnlyDictionary<string, string> Preset { get; init; } = new Dictionary<string, string>();
}
