using System.Globalization;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Text;
using SoGoc.Kernel.Time;

namespace SoGoc.Identity.Messages;

/// <summary>Writes messages to citizens, in the transaction of what they tell: a notice of something that did not happen is never sent.</summary>
internal sealed class Notices(Session session, Sentences say, MessageSignal signal, Issuer here, TimeProvider clock)
{
    private static readonly CultureInfo Vietnamese = CultureInfo.GetCultureInfo("vi-VN");

    /// <summary>To the telephone, or to the address that stands for it. Takes as long whether or not there is somebody to tell.</summary>
    public Task Code(string? target, string code) => Send(target, say.Say("identity.message-code", Vietnamese, code));

    /// <summary>To a telephone that stood on record before an officer wrote down another one.</summary>
    public Task ElsewhereProved(string target, string office) => Send(target, say.Say("identity.message-other-phone", Vietnamese, NameKey.Of(office), clock.GetUtcNow().Shown()));

    /// <summary>To the telephone and e-mail of an account, before another telephone counts: how to stop it.</summary>
    public Task CanStop(string target, string office, string code) => Send(target, say.Say("identity.message-can-stop", Vietnamese, NameKey.Of(office), here.Address is { } at ? new Uri(at, Proofing.StopRecoveryPage.Path).AbsoluteUri : Proofing.StopRecoveryPage.Path, code));

    public Task NewDevice(Guid account, string device) => Tell(account, say.Say("identity.message-new-device", Vietnamese, device.Replace(" · ", ", ", StringComparison.Ordinal), clock.GetUtcNow().Shown()));

    public Task Changed(Guid account, string what) => Tell(account, say.Say("identity.message-changed", Vietnamese, NameKey.Of(say.Say(what, Vietnamese)), clock.GetUtcNow().Shown()));

    /// <summary>An office has answered; what, stands on the citizen's own page.</summary>
    public Task Answered(Guid account, string sentence) => Tell(account, say.Say(sentence, Vietnamese, clock.GetUtcNow().Shown()));

    /// <summary>What a module above has to say.</summary>
    public Task Told(Guid account, string text) => Tell(account, text);

    /// <summary>To the holder, or to whom represents him.</summary>
    private async Task Tell(Guid account, string text)
    {
        await session.Execute("""
            insert into identity.message (id, channel, target, body, made_at, next_at)
            select $2, case when r.phone is null then 'email' else 'sms' end, coalesce(r.phone, r.email), $3, $4, $4
              from identity.account a join identity.account r on r.id = coalesce(a.representative_id, a.id) where a.id = $1 and coalesce(r.phone, r.email) is not null
            """, account, Guid.CreateVersion7(clock.GetUtcNow()), text, clock.GetUtcNow());
        signal.Ring();
    }

    private async Task Send(string? target, string text)
    {
        await session.Execute("""
            insert into identity.message (id, channel, target, body, made_at, next_at)
            select $2, case when $1::text like '%@%' then 'email' else 'sms' end, $1, $3, $4, $4 where $1::text is not null
            """, target.As(NpgsqlTypes.NpgsqlDbType.Text), Guid.CreateVersion7(clock.GetUtcNow()), text, clock.GetUtcNow());
        signal.Ring();
    }
}

/// <summary>Wakes the sender; it looks every few seconds all the same.</summary>
internal sealed class MessageSignal : IDisposable
{
    private readonly SemaphoreSlim bell = new(0, 1);

    public void Ring()
    {
        if (bell.CurrentCount == 0)
        {
            try
            {
                bell.Release();
            }
            catch (SemaphoreFullException)
            {
                // Somebody else rang.
            }
        }
    }

    public Task Wait(TimeSpan most, CancellationToken stop) => bell.WaitAsync(most, stop);

    public void Dispose() => bell.Dispose();
}
