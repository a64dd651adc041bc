"""What do we find of the answer? A mark and a reply for each recommendation that was answered."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advice.actions.marking import LONGEST_REPLY, MarkGiven
from advice.answered import Answered
from advice.states import Mark
from portal.forms import PortalForm


class MarkForm(PortalForm):
    """Nothing has to be chosen at once: what is left open is not saved."""

    submit_label = gettext_lazy("Save")
    guarded = True

    def __init__(self, *args: Any, recommendations: list[Answered], **kwargs: Any):
        self.answered = [(one, answer) for one in recommendations for _authority, answer in one.answers]
        kwargs.setdefault("initial", self.known())
        super().__init__(*args, **kwargs)

    def known(self) -> dict[str, str]:
        marks = [(one.number, getattr(answer, "mark", None)) for one, answer in self.answered]
        return {f"{part}_{number}": getattr(mark, part) for number, mark in marks if mark for part in ("mark", "note")}

    @classmethod
    def of(cls, recommendations: list[Answered]) -> type["MarkForm"]:
        fields: dict[str, Any] = {}
        for one in recommendations:
            if not one.answers:
                continue
            fields[f"mark_{one.number}"] = forms.ChoiceField(
                label=_("Is this an answer to recommendation %(number)s?") % {"number": one.number},
                choices=Mark.choices, widget=forms.RadioSelect, required=False,
            )  # fmt: skip
            fields[f"note_{one.number}"] = forms.CharField(
                label=_("Our reply"), max_length=LONGEST_REPLY, required=False,
                widget=forms.Textarea(attrs={"rows": 3, "class": "portal-textarea-low"}),
            )  # fmt: skip
        tiles = [name for name in fields if name.startswith("mark_")]
        return type("MarkForm", (cls,), {**fields, "tiles": tiles, "row": tiles, "conditional": list(fields)})

    def clean(self) -> None:
        for one, _answer in self.answered:
            if self.cleaned_data.get(f"note_{one.number}") and not self.cleaned_data.get(f"mark_{one.number}"):
                message = _("Choose what you find of the answer to recommendation %(number)s.")
                self.add_error(f"mark_{one.number}", message % {"number": one.number})

    def marks(self) -> list[MarkGiven]:
        found = self.cleaned_data
        return [
            MarkGiven(one.number, found[f"mark_{one.number}"], found[f"note_{one.number}"])
            for one, _answer in self.answered
            if found[f"mark_{one.number}"]
        ]

    @property
    def cards(self) -> list[dict[str, Any]]:
        return [
            {"one": one, "answer": answer, "mark": self[f"mark_{one.number}"], "note": self[f"note_{one.number}"]}
            for one, answer in self.answered
        ]
