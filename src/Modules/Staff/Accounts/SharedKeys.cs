using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using SoGoc.Kernel.Data;

namespace SoGoc.Staff.Accounts;

/// <summary>Keeps the keys that protect forms in the database, so that any number of Hosts understand each other's forms.</summary>
internal sealed class SharedKeys(Database database) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var connection = database.App.OpenConnection();
        using var command = connection.CreateCommand("select xml from staff.key");
        using var reader = command.ExecuteReader();
        var all = new List<XElement>();
        while (reader.Read())
        {
            all.Add(XElement.Parse(reader.GetString(0)));
        }

        return all;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var connection = database.App.OpenConnection();
        using var command = connection.CreateCommand("insert into staff.key (name, xml) values ($1, $2) on conflict do nothing", friendlyName, element.ToString(SaveOptions.DisableFormatting));
        command.ExecuteNonQuery();
    }
}
