using SoGoc.Kernel.Time;
using SoGoc.Places;

namespace SoGoc.Services.Procedures;

/// <summary>An administrative procedure (thủ tục hành chính) as it is published: everything that pages, checks, clocks and papers of its files go by. It is data; a version once published never changes, and a file keeps the one under which it was handed in.</summary>
/// <param name="Code">Of the national database of procedures: 1.004222. Own codes of linked procedures begin with LT.</param>
/// <param name="Sector">birth, marriage, death, civil-status, residence, id-card, tax, insurance, work, vehicle, land, energy, education, seal, justice.</param>
/// <param name="About">What it is for, in a sentence or two for who never heard of it.</param>
/// <param name="Words">How people call it, by which it is found.</param>
/// <param name="Events">Occasions of life with which it is shown: child, death, moving, work, fourteen, marriage, house, vehicle.</param>
/// <param name="Bring">What has to be shown in spite of everything, in words; empty: nothing.</param>
/// <param name="Term">How long it may take: 7d working days, 4h working hours, 0d the same working day.</param>
/// <param name="Resumes">After a supplement the rest of the time runs on; else it begins anew.</param>
/// <param name="Steps">Shares of the time; they sum to one.</param>
/// <param name="Note">For who keeps the procedure: what is not certain of it.</param>
/// <param name="Outlives">It is about another whom the form names (a birth, a death): it goes on when who handed it in has died.</param>
/// <param name="SupplementDays">Working days after which a file that waits for the citizen is stopped.</param>
internal sealed record Procedure(string Code, string Name, string NameEn, string Sector, string About, string AboutEn, IReadOnlyList<string> Words, IReadOnlyList<string> Events, IReadOnlyList<Programme> Programmes,
    IReadOnlyList<Ground> Grounds, IReadOnlyList<Competence> Offices, Applicant Applicant, IReadOnlyList<Condition> Conditions, IReadOnlyList<Field> Fields, IReadOnlyList<PaperNeed> Papers, IReadOnlyList<string> Bring,
    Term Term, string TermGround, bool Resumes, int SupplementDays, IReadOnlyList<Step> Steps, IReadOnlyList<Fee> Fees, Handout Result, Consequence Carries, string? Note = null, bool Outlives = false)
{
    /// <summary>Who has to decide on a day.</summary>
    public Competence? Office(DateOnly on) => Offices.FirstOrDefault(o => o.Holds(on));

    /// <summary>What it costs on a day by a channel, in đồng: the least and the most, where that depends on what is filled in; and whether the office tells it, or more, for each file.</summary>
    public (int Least, int Most, bool Stated) CostOf(Channel channel, DateOnly on)
    {
        var now = Fees.Where(f => f.Holds(on) && (f.Channel is null || f.Channel == channel)).ToList();
        var fees = now.ToLookup(f => f.When is null, f => f.Amount);
        return (fees[true].Sum() + fees[false].DefaultIfEmpty().Min(), fees[true].Sum() + fees[false].DefaultIfEmpty().Max(), now.Any(f => f.Stated));
    }

    /// <summary>With the papers that a file wants, now that its questions are answered.</summary>
    public Procedure Settled(IReadOnlyDictionary<string, string> conditions) => this with { Papers = [.. Papers.Where(p => Files.FormCheck.Applies(p.When, conditions)).Select(p => p with { When = null })] };

    /// <summary>As a file that waits for a supplement wants it.</summary>
    public Procedure Supplemented() => this with { Papers = [.. Papers, PaperNeed.Other] };

    /// <summary>What a kind of paper is called.</summary>
    public string NameOfPaper(string kind) => Papers.Append(PaperNeed.Other).FirstOrDefault(p => p.Code == kind)?.Name ?? kind;

    /// <summary>The fees of a file.</summary>
    /// <param name="answers">What was filled in.</param>
    public IEnumerable<Fee> FeesOn(Channel channel, DateOnly on, IReadOnlyDictionary<string, string> answers) => Fees.Where(f => f.Holds(on) && (f.Channel is null || f.Channel == channel) && Files.FormCheck.Applies(f.When, answers));
}

/// <summary>A list of services of a decision (Đề án 06: de-an-06-25), and the place in it.</summary>
internal sealed record Programme(string Code, int No);

/// <summary>What holds from a day until another, the last one included; without it, until further notice.</summary>
internal abstract record Dated(DateOnly? From, DateOnly? To)
{
    public bool Holds(DateOnly on) => (From is null || From <= on) && (To is null || on <= To);
}

/// <summary>Law it rests on.</summary>
internal sealed record Ground(string Text, DateOnly? From = null, DateOnly? To = null) : Dated(From, To);

/// <summary>Who decides. Desk: justice and police of the commune, or the code of an agency of the province.</summary>
/// <param name="Desk">justice, police, or the code of an agency as the list of agencies has it.</param>
/// <param name="Of">Whose residence names the commune: subject; told: the applicant names it. Null: the agency is one for the province.</param>
internal sealed record Competence(string Desk, string Citation, string? Of = null, DateOnly? From = null, DateOnly? To = null) : Dated(From, To);

/// <summary>Who may apply.</summary>
/// <param name="For">For whom: self, child, ward, mandate, anybody (the subject is somebody else whom the form names).</param>
/// <param name="Mandate">Under which head a mandate covers it, as accounts know them (residence, civil-status …).</param>
/// <param name="Level">Level of the account that it takes, 1 or 2.</param>
/// <param name="LeastAge">Of the applicant.</param>
internal sealed record Applicant(IReadOnlyList<string> For, string? Mandate = null, int Level = 1, int LeastAge = 14);

/// <summary>A question before the form: who answers no is told what to do instead, and types nothing in vain.</summary>
internal sealed record Condition(string Ask, string Otherwise);

/// <summary>How a field is filled in.</summary>
internal enum Ask
{
    /// <summary>By the register; nobody types it.</summary>
    Register,
    Text,
    LongText,
    Date,
    Choice,
    /// <summary>A number of units: money, square metres, months.</summary>
    Count,
    /// <summary>Whether it is so.</summary>
    Yes,
    /// <summary>A telephone; that of the account is offered.</summary>
    Phone,
    /// <summary>A commune of the province.</summary>
    Commune,
    /// <summary>Somebody else, by personal number.</summary>
    Person,
}

/// <summary>On which side of the day of handing in a date lies; that day itself is on both.</summary>
internal enum DayRule
{
    /// <summary>It has happened: a birth, a decision.</summary>
    Past,
    /// <summary>It is meant: a return, a move.</summary>
    Coming,
    /// <summary>Somebody comes to somebody: a day from tomorrow on, Monday to Friday. Holidays are told by the office that confirms it.</summary>
    Visit,
}

/// <summary>A field of the form.</summary>
/// <param name="Name">By which it is kept, camelCase.</param>
/// <param name="Fact">For <see cref="Ask.Register"/>: which fact it is. For others: which fact of the register it asks after all, which only a law can justify.</param>
/// <param name="Of">Whose fact: subject or applicant.</param>
/// <param name="Law">Why it is asked although the register answers it; the linter refuses it without.</param>
/// <param name="Choices">What can be chosen: code and words.</param>
/// <param name="When">Asked only where another field has a value: kind=rent.</param>
/// <param name="Act">Name of the field of the act that takes it over, where the file carries an act.</param>
/// <param name="Day">Of a date: on which side of the day of handing in it lies.</param>
/// <param name="NotBefore">Of a date: the field whose day does not come after it.</param>
/// <param name="AtHome">A commune, which is mostly the one where the person lives: the form begins with it.</param>
internal sealed record Field(string Name, string Label, Ask Ask, string? LabelEn = null, bool Needed = true, string? Hint = null, string? Fact = null, string Of = "subject", string? Law = null,
    IReadOnlyList<Choice>? Choices = null, string? When = null, int Longest = 300, int? Most = null, string? Act = null, bool AtHome = false, DayRule? Day = null, string? NotBefore = null)
{
    public bool Asked => Ask != Ask.Register;

    /// <summary>What a file has answered, in words; null: nothing.</summary>
    /// <param name="yes">How it is said that something is so.</param>
    public string? Told(Files.ServiceFile file, PlaceBook book, string yes) => !file.Answers.TryGetValue(Name, out var v) ? null : Ask switch
    {
        Ask.Choice => Choices!.FirstOrDefault(c => c.Code == v)?.Name ?? v,
        Ask.Yes => yes,
        Ask.Commune => book.Find(v, OfficeTime.DayOf(file.SubmittedAt))?.FullName ?? v,
        Ask.Date => DateOnly.TryParseExact(v, "yyyy-MM-dd", out var day) ? day.Shown() : v,
        _ => v,
    };
}

/// <summary>Something to choose.</summary>
/// <param name="When">Can be chosen only where another field has a value: declarant=father.</param>
internal sealed record Choice(string Code, string Name, string? When = null);

/// <summary>A paper of the procedure, and where it comes from today.</summary>
/// <param name="How">register: the register has it, nothing is to be handed in; store: offered from the citizen's store, else uploaded; upload; show: seen at the counter.</param>
/// <param name="Instead">What takes its place: which database.</param>
/// <param name="When">Needed only where a field has a value.</param>
internal sealed record PaperNeed(string Code, string Name, string How, bool Needed, string? Instead = null, string? When = null, string? Law = null)
{
    /// <summary>What an office may ask for that the procedure does not name: it can be sent while the file waits for it.</summary>
    public static readonly PaperNeed Other = new("other", "Giấy tờ khác được yêu cầu bổ sung", "upload", false);
}

/// <summary>A step with its holder and its share of the time.</summary>
/// <param name="Desk">counter: who receives; handler: who deals with it; signer: who decides.</param>
internal sealed record Step(string Name, string Desk, decimal Share);

/// <summary>What it costs.</summary>
/// <param name="Channel">counter, online or post; null: each of them.</param>
/// <param name="Amount">In đồng.</param>
/// <param name="Before">What waits for it: receiving, deciding (the file is received, and nobody begins on it), returning (it is decided, and the result waits).</param>
/// <param name="Stated">The office tells the amount for each file; the citizen is asked for it while it is dealt with.</param>
/// <param name="Free">Of whom less or nothing is asked.</param>
/// <param name="When">Asked only where a field has a value: kind=lost.</param>
internal sealed record Fee(int Amount, string Law, Channel? Channel = null, string Before = "deciding", bool Stated = false, IReadOnlyList<Waiver>? Free = null, string? When = null, DateOnly? From = null, DateOnly? To = null) : Dated(From, To)
{
    /// <summary>In the order of the steps.</summary>
    public static readonly string[] Steps = ["receiving", "deciding", "returning"];
}

/// <summary>Less, or nothing, is asked of some.</summary>
/// <param name="Who">Of whom, as Payment/Waivers.cs names them.</param>
/// <param name="Amount">What is asked of them, in đồng.</param>
internal sealed record Waiver(string Who, string Law, int Amount = 0, DateOnly? From = null, DateOnly? To = null) : Dated(From, To);

/// <summary>What is handed out in the end.</summary>
/// <param name="Kind">paper: made by this system from a template; act: the paper of the act; notice: of the agency's own system, by its number.</param>
internal sealed record Handout(string Name, string Kind, string Text);

/// <summary>What carries it out.</summary>
/// <param name="Kind">act: an act of civil status or residence; partner: the agency's own system, asked through the exchange; answer: what the register knows is certified; desk: an officer does it, and says what came of it.</param>
/// <param name="Name">Which act, or which kind of partner.</param>
/// <param name="With">Fields of the act that are the same in every file of the procedure.</param>
internal sealed record Consequence(string Kind, string? Name = null, IReadOnlyDictionary<string, string>? With = null);

/// <summary>By which way a file comes in (Thông tư 01/2018/TT-VPCP).</summary>
internal enum Channel { Counter = 1, Online = 2, Post = 3 }
