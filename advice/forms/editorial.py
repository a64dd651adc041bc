"""Input for the editorial final version: the words of an adopted text on one page."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advice.typed import html_to_typed, typed_to_html
from portal.forms import PortalForm


class EditorialForm(PortalForm):
    """A field for each part and each recommendation of the text that is edited."""

    submit_label = gettext_lazy("Save the editorial version")
    guarded = True
    required_messages = {"reason": gettext_lazy("Say what you changed, and why.")}

    reason = forms.CharField(
        label=gettext_lazy("What did you change, and why?"),
        help_text=gettext_lazy("For example: typing errors, and a sentence that could be read in two ways."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, text: dict[str, Any], sha256: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.text = text
        self.initial["seen"] = sha256
        own: dict[str, forms.Field] = {}
        if text.get("plain_summary"):
            own["plain_summary"] = box(_("Summary in plain language"), 5, text["plain_summary"])
        for number, part in enumerate(text.get("sections") or [], 1):
            name = {"heading": part["heading"]}
            own[f"heading_{number}"] = forms.CharField(
                label=_("Heading of part %(number)d") % {"number": number}, max_length=200, initial=part["heading"]
            )
            own[f"section_{number}"] = box(
                _("Text of “%(heading)s”") % name, 10, html_to_typed(part.get("html", "")), css="portal-editor"
            )
        for number, one in enumerate(text.get("recommendations") or [], 1):
            told = {"number": number}
            own[f"recommendation_{number}"] = box(_("Recommendation %(number)d") % told, 3, one["text"])
            own[f"why_{number}"] = box(_("Why recommendation %(number)d?") % told, 5, one.get("reason", ""), False)
        self.fields = {**own, **self.fields}

    def given(self) -> dict[str, Any]:
        """What the verb takes. A part that was not touched keeps its HTML to the letter."""
        data = self.cleaned_data
        sections = []
        for number, part in enumerate(self.text.get("sections") or [], 1):
            typed, html = data[f"section_{number}"], part.get("html", "")
            same = typed.replace("\r\n", "\n").strip() == html_to_typed(html).strip()
            sections.append({"heading": data[f"heading_{number}"], "html": html if same else typed_to_html(typed)})
        recommendations = [
            {"text": unix(data[f"recommendation_{number}"]), "reason": unix(data[f"why_{number}"])}
            for number, _one in enumerate(self.text.get("recommendations") or [], 1)
        ]
        return {
            "sections": sections, "recommendations": recommendations, "reason": data["reason"], "seen": data["seen"],
            "plain_summary": unix(data.get("plain_summary", "")),
        }  # fmt: skip


def box(label: str, rows: int, initial: str, required: bool = True, css: str = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, **({"class": css} if css else {})})
    return forms.CharField(label=label, initial=initial, required=required, widget=widget)


def unix(typed: str) -> str:
    return typed.replace("\r\n", "\n")
