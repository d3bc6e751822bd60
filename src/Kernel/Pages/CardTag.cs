using Microsoft.AspNetCore.Razor.TagHelpers;

namespace SoGoc.Kernel.Pages;

/// <summary>A part of a page with its head: <c>&lt;so-card id="kin" head="…"&gt;…&lt;/so-card&gt;</c>. Screen readers find it by its head.</summary>
[HtmlTargetElement("so-card", Attributes = "id, head")]
public sealed class CardTag : TagHelper
{
    public string Id { get; set; } = "";

    public string Head { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "section";
        output.Attributes.SetAttribute("class", $"card so-card {output.Attributes["class"]?.Value}".TrimEnd());
        output.Attributes.SetAttribute("aria-labelledby", Id);
        output.PreContent.SetHtmlContent($"""<div class="card-body"><h2 class="so-part" id="{Id}">""").Append(Head).AppendHtml("</h2>");
        output.PostContent.SetHtmlContent("</div>");
    }
}
