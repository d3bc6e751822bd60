using SoGoc.Civil.Acts;
using SoGoc.Kernel.Outcomes;
using SoGoc.Population;

namespace SoGoc.Civil.Births;

/// <summary>Countries to choose from, in the language of the request.</summary>
internal sealed class ListCountries(IPopulation population)
{
    public async Task<Outcome<IReadOnlyList<Offer>>> Run() => (await population.Codes("nationality")).Where(c => c.Code.Length == 2 && c.Code != "VN").Select(c => new Offer(c.Code, c.Name)).ToList();
}
