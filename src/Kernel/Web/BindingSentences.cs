using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Kernel.Web;

/// <summary>What pages say of a value that is none of its kind (a page number of letters, a key that is no key), in the language of the request instead of the framework's own.</summary>
public sealed class BindingSentences(Sentences say) : IConfigureOptions<MvcOptions>
{
    public void Configure(MvcOptions options)
    {
        var messages = options.ModelBindingMessageProvider;
        messages.SetAttemptedValueIsInvalidAccessor((value, _) => say["kernel.value-malformed", value]);
        messages.SetNonPropertyAttemptedValueIsInvalidAccessor(value => say["kernel.value-malformed", value]);
        messages.SetValueIsInvalidAccessor(value => say["kernel.value-malformed", value]);
        messages.SetUnknownValueIsInvalidAccessor(_ => say["kernel.value-malformed", ""]);
        messages.SetNonPropertyUnknownValueIsInvalidAccessor(() => say["kernel.value-malformed", ""]);
        messages.SetValueMustBeANumberAccessor(_ => say["kernel.value-no-number"]);
        messages.SetNonPropertyValueMustBeANumberAccessor(() => say["kernel.value-no-number"]);
        messages.SetValueMustNotBeNullAccessor(_ => say["kernel.required"]);
        messages.SetMissingBindRequiredValueAccessor(_ => say["kernel.required"]);
        messages.SetMissingKeyOrValueAccessor(() => say["kernel.required"]);
        messages.SetMissingRequestBodyRequiredValueAccessor(() => say["kernel.required"]);
    }
}
