using System.Net.Http.Json;
using MailKit.Net.Smtp;
using MimeKit;

namespace SoGoc.Identity.Messages;

/// <summary>A message on its way out.</summary>
/// <param name="Id">The same in every try: a gateway that has it already need not send it again.</param>
/// <param name="Channel">sms or email.</param>
internal sealed record OutgoingMessage(Guid Id, string Channel, string Target, string Body);

/// <summary>Hands messages to the world. Throws if it could not.</summary>
internal interface IMessageGateway
{
    Task Send(OutgoingMessage message, CancellationToken stop);
}

/// <summary>Short messages by HTTP, mail by SMTP. Without a gateway for a channel the message waits, and the log says so.</summary>
internal sealed class RealGateway(MessageSettings settings, IHttpClientFactory http) : IMessageGateway
{
    public Task Send(OutgoingMessage message, CancellationToken stop) => message.Channel == "sms" ? Sms(message, stop) : Mail(message, stop);

    private async Task Sms(OutgoingMessage message, CancellationToken stop)
    {
        using var client = http.CreateClient(nameof(RealGateway));
        using var request = new HttpRequestMessage(HttpMethod.Post, settings.SmsUrl ?? throw new InvalidOperationException("SOGOC_SMS_URL is not set."))
        {
            Content = JsonContent.Create(new { id = message.Id, to = message.Target, text = message.Body }),
        };
        if (settings.SmsToken is { } token)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        using var answer = await client.SendAsync(request, stop);
        answer.EnsureSuccessStatusCode();
    }

    private async Task Mail(OutgoingMessage message, CancellationToken stop)
    {
        var server = settings.Smtp ?? throw new InvalidOperationException("SOGOC_SMTP is not set.");
        using var mail = new MimeMessage();
        mail.From.Add(MailboxAddress.Parse(settings.MailFrom));
        mail.To.Add(MailboxAddress.Parse(message.Target));
        mail.MessageId = $"{message.Id:N}@sogoc";
        mail.Subject = "Sổ Gốc";
        mail.Body = new TextPart("plain") { Text = message.Body };
        using var client = new SmtpClient();
        await client.ConnectAsync(server.Host, server.Port, server.Scheme == "smtps" ? MailKit.Security.SecureSocketOptions.SslOnConnect : MailKit.Security.SecureSocketOptions.StartTlsWhenAvailable, stop);
        if (server.UserInfo.Split(':', 2) is [{ Length: > 0 } user, var password])
        {
            await client.AuthenticateAsync(Uri.UnescapeDataString(user), Uri.UnescapeDataString(password), stop);
        }

        await client.SendAsync(mail, stop);
        await client.DisconnectAsync(true, stop);
    }
}

/// <summary>The demonstration sends nothing: the page of messages shows what would have been sent.</summary>
internal sealed class ShownGateway : IMessageGateway
{
    public Task Send(OutgoingMessage message, CancellationToken stop) => Task.CompletedTask;
}
