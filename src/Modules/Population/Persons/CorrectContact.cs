using System.ComponentModel.DataAnnotations;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Population.Persons;

/// <summary>Puts a telephone number or an e-mail address right, as the person has told it, and nothing else of the record: group 25 of article 9 of the law on identity, which its bearer knows best. Otherwise it is a correction as any other.</summary>
internal sealed class CorrectContact(CorrectPerson correct, Register register, CurrentActor actor) : IContacts
{
    /// <param name="Phone">Ten digits that begin with 0, written as people do; null: it stays.</param>
    /// <param name="Email">Null: it stays.</param>
    /// <param name="Ground">Who said so, or the paper.</param>
    internal sealed record Request(Guid Id, [MaxLength(40)] string? Phone, [MaxLength(200)] string? Email, [Required, Length(1, 1000)] string? Ground);

    public async Task<Outcome<CorrectPerson.Corrected>> Run(Request r)
    {
        var (phone, email) = (Told(r.Phone), Told(r.Email));
        if (phone is null && email is null)
        {
            return Problem.Invalid("phone", "population.contact-missing");
        }

        if (phone is not null && ContactText.Phone(phone) is null)
        {
            return Problem.Invalid("phone", "population.contact-phone");
        }

        // What was told anew nobody has verified by a message yet.
        var now = (await register.Find(r.Id))?.Facts;
        List<string> cleared = [];
        if (phone is not null && ContactText.Phone(phone) != now?.Phone)
        {
            cleared.Add("phoneVerified");
        }

        if (email is not null && email != now?.Email)
        {
            cleared.Add("emailVerified");
        }

        return await correct.Run(new CorrectPerson.Request(r.Id, new PersonFacts { Phone = phone, Email = email }, cleared, r.Ground));
    }

    public async Task<Outcome<ContactCorrected>> Correct(Guid person, string? phone, string? email, string ground)
    {
        if (!actor.Value.May(Permission.Of(PopulationPermission.CorrectContact)))
        {
            return Problem.Forbidden("kernel.not-permitted");
        }

        var done = await Run(new Request(person, phone, email, ground));
        return done.Ok(out var corrected) ? new ContactCorrected(corrected.Requested) : done.Problems.ToList();
    }

    private static string? Told(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
