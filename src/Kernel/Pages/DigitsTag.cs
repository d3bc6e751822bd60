using Microsoft.AspNetCore.Razor.TagHelpers;

namespace SoGoc.Kernel.Pages;

/// <summary>A number as the eye reads it, in groups; copied, it is the number alone, because the gaps are drawn and not written.</summary>
[HtmlTargetElement("so-digits", Attributes = "value", TagStructure = TagStructure.WithoutEndTag)]
public sealed class DigitsTag : TagHelper
{
    public string? Value { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (string.IsNullOrEmpty(Value))
        {
            output.SuppressOutput();
            return;
        }

        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "so-digits");
        foreach (var (no, group) in Groups(Value).Index())
        {
            output.Content.AppendHtml(no == 0 ? "<span>" : "<wbr><span>").Append(group).AppendHtml("</span>");
        }
    }

    /// <summary>Twelve digits: place, century, sex and year, and the rest, as the law counts them. Nine by threes; a telephone number as people say it.</summary>
    private static IEnumerable<string> Groups(string value)
    {
        int[] lengths = value.All(char.IsAsciiDigit) ? value.Length switch { 12 => [3, 3, 6], 10 => [4, 3, 3], 9 => [3, 3, 3], _ => [value.Length] } : [value.Length];
        var at = 0;
        foreach (var length in lengths)
        {
            yield return value.Substring(at, length);
            at += length;
        }
    }
}
