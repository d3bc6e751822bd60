using SoGoc.Kernel.Access;
using SoGoc.Kernel.Web;

namespace SoGoc.Host.Office;

/// <summary>Checks a proof of the journal in the browser. The server only hands out the page: what is checked never leaves the reader's machine.</summary>
[Public]
internal sealed class VerifyProofPage : OfficePage
{
    public void OnGet()
    {
    }
}
