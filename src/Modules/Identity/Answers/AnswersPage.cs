using Microsoft.AspNetCore.Mvc;
using SoGoc.Identity.MyData;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;

namespace SoGoc.Identity.Answers;

/// <summary>What citizens wait for: questions why they were read, and requests about their data; each answered in one field.</summary>
[Needs(IdentityPermission.AnswerCitizens)]
internal sealed class AnswersPage : OfficePage
{
    public const string Path = "/hoi-lai";

    public IReadOnlyList<ListUnanswered.QuestionLine> Questions { get; private set; } = [];

    public IReadOnlyList<ListUnanswered.RequestLine> Requests { get; private set; } = [];

    public string Words(IEnumerable<string> fields) => FieldWords.Of(Say, fields);

    public async Task OnGetAsync()
    {
        if ((await Do<ListUnanswered, ListUnanswered.Lines>(l => l.Run())).Ok(out var lines))
        {
            (Questions, Requests) = (lines.Questions, lines.Requests);
        }
    }

    public Task<IActionResult> OnPostAnswerAsync(Guid id, string? answer) => Changed<AnswerQuestion>(a => a.Run(new AnswerQuestion.Request(id, answer)));

    public Task<IActionResult> OnPostDecideAsync(Guid id, string? decision, string? answer) => Changed<DecideRequest>(d => d.Run(new DecideRequest.Request(id, decision, answer)));

    public async Task<IActionResult> OnPostTakeUpAsync(Guid id)
    {
        if ((await Do<TakeUpRequest, TakeUpRequest.TakenUp>(t => t.Run(new TakeUpRequest.Request(id)))).Ok(out var taken))
        {
            return LocalRedirect($"/nguoi/{taken.Person}");
        }

        await OnGetAsync();
        return Page();
    }

    private async Task<IActionResult> Changed<T>(Func<T, Task<Outcome<Done>>> run) where T : class
    {
        if ((await Do(run)).IsGood)
        {
            return LocalRedirect(Path);
        }

        await OnGetAsync();
        return Page();
    }
}
