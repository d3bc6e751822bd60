using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace SoGoc.Kernel.Pages;

/// <summary>A field of a form with its label, its hint, and what was wrong with it: <c>&lt;so-input name="Form.Rows[2].Law" label="…" value="@row.Law" /&gt;</c>.
/// With <c>lines</c> it is a text of several lines, with <c>options</c> a choice, with <c>checked</c> a box.</summary>
[HtmlTargetElement("so-input", Attributes = "name, label", TagStructure = TagStructure.WithoutEndTag)]
public sealed class InputTag : TagHelper
{
    public string Name { get; set; } = "";

    public string Label { get; set; } = "";

    public string? Value { get; set; }

    public string? Hint { get; set; }

    public int Lines { get; set; }

    public int Longest { get; set; } = 500;

    public bool? Checked { get; set; }

    /// <summary>What can be chosen: value and words.</summary>
    public IEnumerable<(string Value, string Words)>? Options { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var id = IdOf(Name) + (Checked is not null && Value is not (null or "true") ? "-" + Value : "");
        var wrong = ViewContext.ModelState.TryGetValue(Name, out var state) && state.ValidationState == ModelValidationState.Invalid ? state.Errors.Select(e => e.ErrorMessage).ToList() : [];
        var about = string.Join(' ', new[] { wrong.Count > 0 ? id + "-w" : null, Hint is null ? null : id + "-h" }.OfType<string>());
        var field = Field();
        field.MergeAttributes(new Dictionary<string, string?> { ["id"] = id, ["name"] = Name });
        if (about.Length > 0)
        {
            field.MergeAttribute("aria-describedby", about);
        }

        if (wrong.Count > 0)
        {
            field.MergeAttribute("aria-invalid", "true");
        }

        foreach (var attribute in output.Attributes.Where(a => a.Name != "class"))
        {
            field.MergeAttribute(attribute.Name, attribute.Value?.ToString());
        }

        (output.TagName, output.TagMode) = ("div", TagMode.StartTagAndEndTag);
        var css = $"{output.Attributes["class"]?.Value}{(Checked is null ? "" : " form-check")}".Trim();
        output.Attributes.Clear();
        if (css.Length > 0)
        {
            output.Attributes.SetAttribute("class", css);
        }

        var label = new TagBuilder("label") { Attributes = { ["class"] = Checked is null ? "form-label" : "form-check-label", ["for"] = id } };
        label.InnerHtml.Append(Label);
        output.Content.AppendHtml(Checked is null ? label : field).AppendHtml(Checked is null ? field : label);
        Say(output.Content, id + "-w", "so-wrong", wrong);
        Say(output.Content, id + "-h", "form-text", Hint is null ? [] : [Hint]);
    }

    /// <summary>The id of a field by its name.</summary>
    public static string IdOf(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));

    private TagBuilder Field()
    {
        if (Options is not null)
        {
            var select = new TagBuilder("select") { Attributes = { ["class"] = "form-select" } };
            foreach (var (value, words) in Options)
            {
                var option = new TagBuilder("option") { Attributes = { ["value"] = value } };
                if (value == (Value ?? ""))
                {
                    option.MergeAttribute("selected", "selected");
                }

                option.InnerHtml.Append(words);
                select.InnerHtml.AppendHtml(option);
            }

            return select;
        }

        var longest = Longest.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (Lines > 0)
        {
            var area = new TagBuilder("textarea") { Attributes = { ["class"] = "form-control", ["rows"] = Lines.ToString(System.Globalization.CultureInfo.InvariantCulture), ["maxlength"] = longest } };
            // A line that stands first is eaten by browsers.
            area.InnerHtml.AppendHtml("\n").Append(Value ?? "");
            return area;
        }

        var input = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing, Attributes = { ["type"] = Checked is null ? "text" : "checkbox", ["class"] = Checked is null ? "form-control" : "form-check-input", ["value"] = Value ?? (Checked is null ? "" : "true") } };
        if (Checked is null)
        {
            input.MergeAttribute("maxlength", longest);
        }
        else if (Checked.Value)
        {
            input.MergeAttribute("checked", "checked");
        }

        return input;
    }

    private static void Say(TagHelperContent content, string id, string css, IReadOnlyCollection<string> texts)
    {
        if (texts.Count > 0)
        {
            var said = new TagBuilder("p") { Attributes = { ["class"] = css, ["id"] = id } };
            said.InnerHtml.Append(string.Join(' ', texts.Distinct()));
            content.AppendHtml(said);
        }
    }
}
