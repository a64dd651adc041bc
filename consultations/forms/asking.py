"""The steps in which a civil servant asks for advice. Each form saves its own part of the draft."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.models import AdviceRequest
from consultations.states import Law, Visibility
from councils.models import Appointment, Authority, Council
from councils.rules import CASE_WORKERS
from portal.forms import DateField, PortalForm, PortalFormMixin
from portal.models import Person
from portal.text import whole_number

NUMBERING = re.compile(r"^\s*(?:\d{1,2}[.)]|[-*•])\s+")


def laws_field() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        choices=Law, required=False, widget=forms.CheckboxSelectMultiple, label=gettext_lazy("Laws")
    )


class QuestionsField(forms.CharField):
    """One question a line; numbers that were typed are dropped, the portal numbers."""

    widget = forms.Textarea(attrs={"rows": 6})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:  # type: ignore[override]
        lines = super().clean(value).splitlines()
        return [NUMBERING.sub("", line).strip() for line in lines if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


def check_urgency(form: forms.BaseForm, data: dict[str, Any]) -> None:
    """An urgent request says why, and by when the advice is wanted. What was saved half done asks it later."""
    if not data.get("urgent") or getattr(form, "lenient", False):
        return
    if not (data.get("urgency_reason") or "").strip():
        form.add_error("urgency_reason", _("Say why it cannot wait."))
    if "wanted_on" in data and not data["wanted_on"]:
        form.add_error("wanted_on", _("Fill in by which day you want the advice."))


class StepForm(PortalFormMixin, forms.ModelForm):
    """A step may be left half done with "save and go on later"; going on asks for what is required."""

    guarded = True
    cancel_label = gettext_lazy("Previous step")
    extra_submits = [("later", gettext_lazy("Save and go on later"))]
    always_required = {"subject"}

    def __init__(self, *args: Any, authority: Authority, lenient: bool = False, **kwargs: Any):
        self.authority, self.lenient = authority, lenient
        super().__init__(*args, **kwargs)
        if lenient:
            for name, field in self.fields.items():
                field.required = name in self.always_required

    class Meta:
        model = AdviceRequest
        fields: list[str] = []


class SubjectForm(StepForm):
    class Meta:
        model = AdviceRequest
        fields = ["subject", "topic", "reference", "contact"]
        labels = {"topic": gettext_lazy("Policy topic"), "reference": gettext_lazy("Your reference")}
        help_texts = {
            "subject": gettext_lazy("In plain words, for example: transport to day care."),
            "reference": gettext_lazy("The reference that your own letter has."),
            "contact": gettext_lazy("Questions of the council go to this person."),
        }

    required_messages = {"subject": gettext_lazy("Fill in the subject.")}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        serving = Appointment.objects.current().filter(authority=self.authority, role__in=CASE_WORKERS)
        contact, topic = self.fields["contact"], self.fields["topic"]
        contact.queryset = Person.objects.filter(pk__in=serving.values("person")).order_by("name")  # type: ignore[attr-defined]
        contact.empty_label = None  # type: ignore[attr-defined]
        topic.queryset = self.authority.policy_topics.order_by("name")  # type: ignore[attr-defined]
        topic.empty_label = _("No topic of the list")  # type: ignore[attr-defined]


class SummaryForm(StepForm):
    questions = QuestionsField(
        label=gettext_lazy("Which questions do you ask?"),
        help_text=gettext_lazy("Every question on a line of its own. They are numbered for you."),
    )

    class Meta:
        model = AdviceRequest
        fields = ["summary", "questions"]
        widgets = {"summary": forms.Textarea(attrs={"rows": 8})}
        help_texts = {"summary": gettext_lazy("Short, in plain words. What changes, and why?")}

    required_messages = {
        "summary": gettext_lazy("Tell what it is about."),
        "questions": gettext_lazy("Ask at least one question."),
    }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["summary"].required = not kwargs.get("lenient")


class RoomForm(StepForm):
    class Meta:
        model = AdviceRequest
        fields = ["changeable", "fixed"]
        widgets = {"changeable": forms.Textarea(attrs={"rows": 6}), "fixed": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "changeable": gettext_lazy("Where can the advice still make a difference? Which other choices are there?"),
            "fixed": gettext_lazy("For example a law, a contract or an earlier decision."),
        }

    required_messages = {
        "changeable": gettext_lazy("Tell what can still be changed. Without room there is nothing to advise on.")
    }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["changeable"].required = not kwargs.get("lenient")


class ConcernsForm(StepForm):
    laws = laws_field()

    class Meta:
        model = AdviceRequest
        fields = ["groups", "laws"]
        help_texts = {"groups": gettext_lazy("For example: people with a personal budget, about 300.")}


class PlanningForm(StepForm):
    also_for = forms.ModelMultipleChoiceField(
        queryset=Authority.objects.none(), widget=forms.CheckboxSelectMultiple, required=False,
        label=gettext_lazy("Which authorities ask with you?"),
        help_text=gettext_lazy("They read the request at their own desk. Each gives its own answer on the advice."),
    )  # fmt: skip
    councils = forms.ModelMultipleChoiceField(
        queryset=Council.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Which council do you ask?"),
        required=True,
    )

    class Meta:
        model = AdviceRequest
        fields = ["wanted_on", "decision_on", "urgent", "urgency_reason", "planning_note"]
        labels = {
            "wanted_on": gettext_lazy("What is the last day on which you want the advice?"),
            "decision_on": gettext_lazy("When does the executive decide?"),
        }
        help_texts = {
            "wanted_on": gettext_lazy("Leave it empty to take the last day of the rules. For example 26 5 2026."),
            "urgent": gettext_lazy("The chair of each council is asked to agree. Until then its usual term counts."),
            "urgency_reason": gettext_lazy("The council reads this."),
        }
        widgets = {
            "planning_note": forms.Textarea(attrs={"rows": 3}),
            "urgency_reason": forms.Textarea(attrs={"rows": 3}),
        }

    field_order = ["also_for", "councils", "decision_on", "wanted_on", "urgent", "urgency_reason", "planning_note"]
    tiles = ["also_for", "councils"]
    conditional = ["urgency_reason"]
    required_messages = {"councils": gettext_lazy("Choose the council that you ask.")}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        councils = self.fields["councils"]
        councils.queryset = Council.objects.advising_any(self.askers()).order_by("name")  # type: ignore[attr-defined]
        chosen = list(self.instance.wanted_councils.all()) if self.instance.pk else []
        only = list(councils.queryset[:2])  # type: ignore[attr-defined]
        councils.initial = chosen or (only if len(only) == 1 else [])

    def askers(self) -> list[Authority]:
        """Who asks, by what was ticked just now or kept before. Only who has a council here can ask along."""
        along = self.fields["also_for"]
        others = Authority.objects.with_council().exclude(pk=self.authority.pk).order_by("name")
        along.queryset = others  # type: ignore[attr-defined]
        kept = list(self.instance.also_for.all()) if self.instance.pk else []
        along.initial = kept
        if self.is_bound:
            ticked = [whole_number(pk) for pk in self.data.getlist(self.add_prefix("also_for"))]  # type: ignore[attr-defined]
            kept = list(others.filter(pk__in=ticked))
        elif not others.exists():
            del self.fields["also_for"]
        return [self.authority, *kept]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        wanted, decision = data.get("wanted_on"), data.get("decision_on")
        if wanted and decision and decision < wanted:
            self.add_error("decision_on", _("The executive decides before the advice is there. Check both dates."))
        check_urgency(self, data)
        return data


class DocumentForm(PortalForm):
    submit_label = gettext_lazy("Add the document")
    tiles = ["visibility"]
    conditional = ["embargo_until"]

    file = forms.FileField(label=gettext_lazy("Document"))
    title = forms.CharField(
        label=gettext_lazy("Title"), max_length=200, required=False,
        help_text=gettext_lazy("What the council reads in the list. Empty: the name of the file."),
    )  # fmt: skip
    visibility = forms.ChoiceField(
        label=gettext_lazy("Who may see it?"), choices=[], initial=Visibility.OPEN, widget=forms.RadioSelect
    )
    embargo_until = DateField(
        label=gettext_lazy("Until which day?"), required=False,
        help_text=gettext_lazy("With an embargo this is needed. For example 26 5 2026."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["visibility"].choices = [  # type: ignore[attr-defined]
            (Visibility.OPEN, _("Open: everyone may read it when the advice is public")),
            (
                Visibility.EMBARGO,
                _("Under embargo: only who is asked and who asks along, up to and including the day that you name"),
            ),
            (Visibility.CONFIDENTIAL, _("Confidential: only who is asked and who asks along")),
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("visibility") == Visibility.EMBARGO and "embargo_until" in data and not data["embargo_until"]:
            self.add_error("embargo_until", _("Fill in until which day the embargo lasts."))
        return data


class WithdrawForm(PortalForm):
    submit_label = gettext_lazy("Withdraw the request")
    reason = forms.CharField(
        label=gettext_lazy("Why do you withdraw the request?"),
        help_text=gettext_lazy("The council reads this. It stays with the request."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AnswerForm(PortalForm):
    submit_label = gettext_lazy("Send the answer")
    guarded = True
    answer = forms.CharField(label=gettext_lazy("Your answer"), widget=forms.Textarea(attrs={"rows": 8}))
    document = forms.FileField(label=gettext_lazy("A document with the answer"), required=False)
