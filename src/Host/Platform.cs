using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Localization;
using SoGoc.Civil;
using SoGoc.Exchange;
using SoGoc.Identity;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Factors;
using SoGoc.Kernel.Jobs;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Modules;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Sealing;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;
using SoGoc.Places;
using SoGoc.Population;
using SoGoc.Quality;
using SoGoc.Services;
using SoGoc.Staff;

namespace SoGoc.Host;

/// <summary>The modules, in the order of their dependencies, and what they stand on.</summary>
internal static class Platform
{
    public static IReadOnlyList<IModule> Modules { get; } = [new PlacesModule(), new StaffModule(), new PopulationModule(), new ExchangeModule(), new CivilModule(), new QualityModule(), new IdentityModule(), new ServicesModule()];

    public static Sentences Sentences() => new(Modules.Select(m => m.GetType().Assembly).Prepend(typeof(Journal).Assembly).Append(typeof(Platform).Assembly));

    /// <summary>Services that pages, routes, jobs and commands share.</summary>
    public static IServiceCollection AddPlatform(this IServiceCollection services, Database database, Settings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton(database);
        services.AddSingleton<TimeProvider>(OfficeClock.AsOf(settings.AsOf));
        services.AddSingleton(Sentences());
        services.AddScoped<Session>();
        services.AddSingleton<BeyondDuty>();
        services.AddScoped<Reads>();
        services.AddScoped<CurrentActor>();
        services.AddSingleton<RateLimit>();
        services.AddSingleton<AppCodes>();
        services.AddSingleton(settings.Messages);
        services.AddSingleton(new Issuer(settings.PublicUrl));
        services.AddHttpContextAccessor();
        services.AddSingleton(s => new PublicAddress(settings.PublicUrl, s.GetRequiredService<Microsoft.AspNetCore.Http.IHttpContextAccessor>()));
        services.AddSingleton(settings.National);
        services.AddSingleton(settings.Scanner);
        services.AddSingleton(settings.PartnerNetworks);
        services.AddSingleton<DisclosureWriter>();
        services.AddScoped<Journal>();
        services.AddCases();
        services.AddSingleton<IHeadSigner>(_ => settings.Signer is { } token ? new TokenSigner(token) : new FileSigner(Path.Combine(settings.Data, "keys", "head.pem")));
        services.AddSingleton<HeadKeys>();
        services.AddSingleton<Sealer>();
        services.AddSingleton<VerifySeals>();
        services.AddScoped<RowProofs>();
        services.AddScoped<Runner>();
        services.AddScoped<Precondition>();
        services.AddScoped<JobBook>();
        services.AddSingleton<JobSignal>();
        services.AddSingleton<Worker>();
        foreach (var module in Modules)
        {
            services.AddSingleton(module);
            module.Services(services);
        }

        if (settings.KeysCertificate is { } certificate)
        {
            services.AddDataProtection().ProtectKeysWithCertificate(certificate).UnprotectKeysWithAnyCertificate(certificate);
        }

        return services;
    }

    /// <summary>Brings the schema up to date and, once, loads the reference data and settles what this installation is.</summary>
    public static async Task Found(Database database, Settings settings, CancellationToken stop)
    {
        await new Migrator(database).Run(Modules.Select(m => (m.Name, m.GetType().Assembly)).Prepend(("kernel", typeof(Journal).Assembly)), stop);
        await using var connection = await database.Owner.OpenConnectionAsync(stop);
        await using var founded = connection.CreateCommand("select 1 from kernel.setting where name = 'founded'");
        if (await founded.ExecuteScalarAsync(stop) is not null)
        {
            await Bring(database, settings, stop);
            return;
        }

        await using (var settle = connection.CreateCommand("insert into kernel.setting (name, value) values ('role', $1), ('province', $2) on conflict (name) do update set value = excluded.value", settings.Role, settings.Province))
        {
            await settle.ExecuteNonQueryAsync(stop);
        }

        await PurposeFile.Load(database, Path.Combine(settings.Reference, "purposes.csv"), stop);
        await Kernel.Laws.LawFile.Load(database, Path.Combine(settings.Reference, "law.csv"), stop);
        await OfficeDays.Bring(connection, Path.Combine(settings.Reference, "holidays.csv"), stop);
        foreach (var module in Modules)
        {
            await module.Found(database, settings.Reference, stop);
        }

        // Last, so that a founding that was cut off is done again: every step before may be repeated.
        await using var mark = connection.CreateCommand("insert into kernel.setting (name, value) values ('founded', 'yes') on conflict do nothing");
        await mark.ExecuteNonQueryAsync(stop);
    }

    /// <summary>A register that an older program has founded gets what this one brings and it lacks: rules, purposes, roles and permissions, in one transaction.</summary>
    private static async Task Bring(Database database, Settings settings, CancellationToken stop)
    {
        await using var connection = await database.Owner.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await Kernel.Laws.LawFile.Bring(connection, Path.Combine(settings.Reference, "law.csv"), stop);
        await PurposeFile.Bring(connection, Path.Combine(settings.Reference, "purposes.csv"), stop);
        await OfficeDays.Bring(connection, Path.Combine(settings.Reference, "holidays.csv"), stop);
        foreach (var module in Modules)
        {
            await module.Bring(connection, settings.Reference, OfficeClock.AsOf(settings.AsOf).GetUtcNow(), stop);
        }

        await transaction.CommitAsync(stop);
    }
}
