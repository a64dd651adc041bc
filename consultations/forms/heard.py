"""What we heard, and the policy topics it can be linked to."""

import hashlib
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.forms.asking import laws_field
from consultations.models import Activity, PolicyTopic
from consultations.states import Rung
from councils.models import Appointment, Authority, Council
from councils.rules import CASE_WORKERS
from portal.forms import PortalFormMixin
from portal.models import Person
from portal.personal_data import Finding, find_personal_data

CHECKED = ["title", "group", "place", "heard"]


class ActivityForm(PortalFormMixin, forms.ModelForm):
    """What looks like personal data is shown once; saving the same text again confirms it."""

    guarded = True
    extra_submits = [("another", gettext_lazy("Save and add another"))]
    tiles = ["form", "rung", "topics"]
    row = ["form"]
    required_messages = {
        "form": gettext_lazy("Choose how you heard it."),
        "heard": gettext_lazy("Write down what you heard."),
        "title": gettext_lazy("Fill in one line that sums it up."),
    }

    topics = forms.ModelMultipleChoiceField(
        queryset=PolicyTopic.objects.none(), required=False, widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Which topics is it about?"),
    )  # fmt: skip
    looked_at = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Activity
        fields = ["form", "title", "heard", "group", "count", "place", "held_on", "rung", "topics"]
        labels = {
            "form": gettext_lazy("How did you hear it?"),
            "heard": gettext_lazy("What did you hear?"),
            "group": gettext_lazy("Which people?"),
            "count": gettext_lazy("How many people?"),
            "place": gettext_lazy("Where?"),
            "held_on": gettext_lazy("When?"),
            "rung": gettext_lazy("How much influence did the people have?"),
        }
        help_texts = {
            "heard": gettext_lazy("Short sentences. No names, addresses or dates of birth. Not of staff either."),
            "group": gettext_lazy("A group, no names."),
            "count": gettext_lazy("About is enough."),
            "rung": gettext_lazy("These are the rungs of the participation ladder."),
        }
        widgets = {
            "form": forms.RadioSelect,
            "heard": forms.Textarea(attrs={"rows": 6}),
        }

    def __init__(self, *args: Any, council: Council, **kwargs: Any):
        super().__init__(*args, **kwargs)
        topics = PolicyTopic.objects.for_council(council).order_by("name")
        self.fields["topics"].queryset = topics  # type: ignore[attr-defined]
        self.fields["rung"] = forms.ChoiceField(
            choices=rung_choices(), widget=forms.RadioSelect, label=self.fields["rung"].label,
            help_text=self.fields["rung"].help_text, initial=Rung.CONSULT,
        )  # fmt: skip
        if not topics:
            del self.fields["topics"]
        self.findings: list[Finding] = []

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self.findings = find_personal_data("\n".join(str(data.get(name) or "") for name in CHECKED))
        mark = mark_of(self.findings)
        if self.findings and data.get("looked_at") != mark:
            self.data = self.data.copy()
            self.data["looked_at"] = mark
            raise forms.ValidationError(
                _("This looks like personal data: %(what)s. Take it out. Is it no personal data? Then save once more.")
                % {"what": "; ".join(f"{finding.kind} ({finding.excerpt})" for finding in self.findings)}
            )
        return data

    @property
    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "looked_at"}


def mark_of(findings: list[Finding]) -> str:
    """The same findings give the same mark: what is new is asked about again."""
    return hashlib.sha256("\n".join(finding.excerpt for finding in findings).encode()).hexdigest()[:16]


def rung_choices() -> list[tuple[str, str]]:
    words = {
        Rung.INFORM: _("We told what happens"),
        Rung.CONSULT: _("We asked what they think"),
        Rung.ADVISE: _("They gave us their advice"),
        Rung.COPRODUCE: _("We thought it out together"),
        Rung.CO_DECIDE: _("They decided along with others"),
        Rung.SELF_GOVERN: _("They decide and do it themselves"),
    }
    return [(rung.value, f"{number}. {rung.label}: {words[rung]}") for number, rung in enumerate(Rung, 1)]


class TopicForm(PortalFormMixin, forms.ModelForm):
    laws = laws_field()

    class Meta:
        model = PolicyTopic
        fields = ["name", "groups", "laws", "phase", "contact"]
        help_texts = {"name": gettext_lazy("For example: help in the household.")}

    required_messages = {"name": gettext_lazy("Fill in the name of the topic.")}

    def __init__(self, *args: Any, authorities: list[Authority], **kwargs: Any):
        """With several authorities the form asks which; the contact officer is chosen where there are any."""
        super().__init__(*args, **kwargs)
        serving = Appointment.objects.current().filter(authority__in=authorities, role__in=CASE_WORKERS)
        people = Person.objects.filter(pk__in=serving.values("person")).order_by("name")
        self.fields["contact"].queryset = people  # type: ignore[attr-defined]
        if not people:
            del self.fields["contact"]
        if len(authorities) > 1:
            self.fields["authority"] = forms.ModelChoiceField(
                label=_("Of which authority?"), queryset=Authority.objects.filter(pk__in=[a.pk for a in authorities])
            )
            self.order_fields(["authority"])
