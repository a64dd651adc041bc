"""Input for starting an advice, the details of its letter, and comments."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from advice.forms.writing import ActivityField, heard_lately
from advice.models import Advice, Recommendation
from advice.states import AdviceState, DocumentKind, Tenor
from consultations.models import Activity, PolicyTopic
from consultations.states import Law
from councils.models import Authority, Council
from portal.forms import PortalForm, PortalFormSetMixin


def authorities_of(council: Council, chosen: Advice | None = None) -> QuerySet[Authority]:
    """Whom the council advises today, and whom this advice already names."""
    serving = Authority.objects.filter(pk__in=council.served_bodies.current().values("authority"))
    named = Authority.objects.filter(advices=chosen) if chosen else Authority.objects.none()
    return (serving | named).distinct().order_by("name")


class NewAdviceForm(PortalForm):
    submit_label = _("Start writing")
    tiles = ["authorities", "activities"]
    required_messages = {"subject": _("Fill in what the advice is about.")}

    subject = forms.CharField(label=_("What is the advice about?"), max_length=200)
    document = forms.ChoiceField(label=_("What kind of letter is it?"), choices=DocumentKind.choices)
    authorities = forms.ModelMultipleChoiceField(
        label=_("For whom is it?"), queryset=Authority.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    topic = forms.ModelChoiceField(label=_("Policy topic"), queryset=PolicyTopic.objects.none(), required=False)
    activities = ActivityField(
        label=_("What did you hear?"),
        help_text=_("What you choose here becomes the ground of the first recommendation."),
        queryset=Activity.objects.none(),
        required=False,
    )

    def __init__(self, *args: Any, council: Council, **kwargs: Any):
        super().__init__(*args, **kwargs)
        serving = authorities_of(council)
        self.fields["authorities"].queryset = serving
        if len(serving) == 1:
            self.fields["authorities"].initial = [serving[0]]
        self.fields["topic"].queryset = PolicyTopic.objects.for_council(council).order_by("name")
        self.fields["activities"].queryset = heard_lately(council)
        for name in ("topic", "activities"):
            if not self.fields[name].queryset.exists():
                del self.fields[name]


class LinesField(forms.CharField):
    """A list, one line each."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]

    def run_validators(self, value: Any) -> None:
        """The limits are of the lines, not of the list."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(data) != (initial or [])


class ParagraphsField(LinesField):
    """A list of longer texts: one a line, or with empty lines between when one of them needs several lines."""

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        several = any("\n" in text for text in value)
        return "\n\n".join(value) + ("\n\n" if several and len(value) == 1 else "") if several else "\n".join(value)

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        typed = str(value or "").replace("\r\n", "\n").replace("\r", "\n")
        if "\n\n" not in typed:
            return super().to_python(typed)
        parts = [part.strip("\n") for part in typed.split("\n\n")]
        return ["\n".join(line.rstrip() for line in part.split("\n")).strip() for part in parts if part.strip()]


class SignatoriesField(LinesField):
    """One a line: name, comma, role."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return "\n".join(", ".join(filter(None, [one["name"], one["role"]])) for one in value)
        return value

    def to_python(self, value: Any) -> list[dict[str, str]]:  # type: ignore[override]
        rows = []
        for line in super().to_python(value):
            name, _comma, role = line.rpartition(",") if "," in line else (line, "", "")
            rows.append({"name": str(name).strip()[:200], "role": str(role).strip()[:100]})
        return rows


class DetailsForm(PortalForm):
    submit_label = _("Save details")
    guarded = True
    tiles = ["laws", "authorities", "joint_with"]
    fieldsets = [
        (_("The letter"), ["subject", "document", "tenor", "plain_summary", "laws"]),
        (_("To whom"), ["authorities", "attention_of", "salutation", "your_reference", "copy_to"]),
        (_("What more is in it"), ["questions", "consulted", "joint_with", "signatories"]),
    ]

    subject = forms.CharField(label=_("Subject"), max_length=200)
    document = forms.ChoiceField(label=_("What kind of letter is it?"), choices=DocumentKind.choices)
    tenor = forms.ChoiceField(label=_("Our judgement"), choices=Tenor.choices)
    plain_summary = forms.CharField(
        label=_("Summary in plain language"),
        help_text=_("At most 5 short sentences. They stand on top of the letter and on the public page."),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )
    laws = forms.MultipleChoiceField(
        label=_("Which laws is it about?"), choices=Law.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    authorities = forms.ModelMultipleChoiceField(
        label=_("For whom is it?"), queryset=Authority.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    joint_with = forms.ModelMultipleChoiceField(
        label=_("With which other councils do you send it?"),
        help_text=_("They adopt the text too, each by itself. Their names stand on the letter."),
        queryset=Council.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    attention_of = forms.CharField(label=_("For the attention of"), max_length=200, required=False)
    salutation = forms.CharField(label=_("Salutation"), max_length=100, required=False)
    your_reference = forms.CharField(label=_("Reference of the authority"), max_length=60, required=False)
    copy_to = LinesField(label=_("Who gets a copy?"), help_text=_("One on each line."), required=False)
    questions = ParagraphsField(
        label=_("Which questions do you ask?"), help_text=_("One question on each line."), required=False
    )
    consulted = LinesField(
        label=_("Who else was heard?"),
        help_text=_("One on each line. What stands with a recommendation comes by itself. No names of residents."),
        required=False,
    )
    signatories = SignatoriesField(
        label=_("Who signs?"), help_text=_("One on each line: name, comma, role."), required=False
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, advice: Advice, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["authorities"].queryset = authorities_of(advice.council, advice)
        self.fields["joint_with"].queryset = Council.objects.exclude(pk=advice.council_id).order_by("name")
        if not self.fields["joint_with"].queryset.exists():
            del self.fields["joint_with"]

    def details(self) -> dict[str, Any]:
        kept = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        ids = {name: sorted(one.pk for one in kept.get(name, [])) for name in ("authorities", "joint_with")}
        return {**kept, **ids}


class MinorityForm(PortalForm):
    by = forms.CharField(label=_("Whose view is it?"), max_length=200, required=False)
    text = forms.CharField(label=_("What do they think?"), widget=forms.Textarea(attrs={"rows": 4}), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("by") and not cleaned.get("text"):
            self.add_error("text", _("Write what they think, or empty the field above."))
        if cleaned.get("text") and not cleaned.get("by"):
            self.add_error("by", _("Fill in whose view it is, for example “2 members”."))
        return cleaned


class BaseMinorityFormSet(PortalFormSetMixin, forms.BaseFormSet):
    item_label = _("Other view (minority)")

    def views(self) -> list[dict[str, str]]:
        return [form.cleaned_data for form in self.forms if form.cleaned_data.get("text")]


MinorityFormSet = forms.formset_factory(MinorityForm, formset=BaseMinorityFormSet, extra=1)


class CommentForm(PortalForm):
    submit_label = _("Post comment")
    required_messages = {"text": _("Write your comment.")}

    recommendation = forms.ModelChoiceField(
        label=_("What is it about?"),
        queryset=Recommendation.objects.none(),
        required=False,
        empty_label=_("The whole advice"),
    )
    text = forms.CharField(
        label=_("What do you think?"),
        help_text=_("Write briefly. No names of residents."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, recommendations: list[Recommendation], **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["recommendation"]
        field.queryset = Recommendation.objects.filter(pk__in=[one.pk for one in recommendations])
        # The page has them already: no second query.
        field.choices = [("", _("The whole advice")), *((one.pk, label(one)) for one in recommendations)]
        if not recommendations:
            del self.fields["recommendation"]


def label(recommendation: Recommendation) -> str:
    short = recommendation.text if len(recommendation.text) <= 70 else f"{recommendation.text[:68].rstrip()}…"
    return f"{recommendation.number}. {short}"


class FilterForm(PortalForm):
    """Words and state, for the list."""

    method = "get"
    submit_label = _("Search")

    STATES = [
        ("", _("All advices")),
        (AdviceState.DRAFT, _("Being written")),
        (AdviceState.VOTING, _("Being voted on")),
        (AdviceState.ADOPTED, _("Ready to be sent")),
        ("waiting", _("Sent, waiting for an answer")),
        ("late", _("Answer too late")),
        ("answered", _("Answered")),
        (AdviceState.DROPPED, _("Stopped")),
    ]
    words = forms.CharField(label=_("What are you looking for?"), required=False)
    state = forms.ChoiceField(label=_("Where does it stand?"), choices=STATES, required=False)
