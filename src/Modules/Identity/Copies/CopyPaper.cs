using SoGoc.Kernel.Papers;
using SoGoc.Population;

namespace SoGoc.Identity.Copies;

/// <summary>The paper of what is held about a person, in large type: a title, what it is, and parts of labelled lines.</summary>
/// <param name="foot">{0} of {1}.</param>
internal sealed class CopyPaper(string title, string foot, DateTimeOffset madeAt)
{
    private readonly Paper paper = new Paper(title, foot, madeAt).Add(new PaperLine(title, 24, Bold: true));

    public CopyPaper Lead(string text)
    {
        paper.Add(new PaperLine(text, 14, Before: 8));
        return this;
    }

    public CopyPaper Parts(IEnumerable<ToldPart> parts)
    {
        foreach (var part in parts)
        {
            paper.Add(new PaperLine(part.Head, 18, Bold: true, Before: 26, Keep: true));
            paper.Add(part.Lines.SelectMany(l => new[] { new PaperLine(l.Label, 12, Bold: true, Before: 10, Keep: true), new PaperLine(l.Text, 14, Before: 2) }));
        }

        return this;
    }

    public byte[] Draw() => paper.Draw();
}
