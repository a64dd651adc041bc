"""Input for the text of an advice. Text of a section is typed in a plain box, see advice.typed."""

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from advice.models import Recommendation, RecommendationSave, Section, SectionSave
from advice.typed import html_to_typed, typed_to_html
from consultations.models import Activity
from councils.models import Council
from portal.dates import month_year
from portal.forms import PortalForm

RECENT = timedelta(days=730)


class ActivityField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, activity: Activity) -> str:
        return f"{activity.get_form_display()}, {month_year(activity.held_on)}: {activity.title}"


def heard_lately(council: Council, chosen: Recommendation | None = None) -> QuerySet[Activity]:
    """Two years back; older things stay where they were chosen."""
    recent = Q(held_on__gte=timezone.localdate() - RECENT)
    kept = Q(recommendations=chosen) if chosen and chosen.pk else Q()
    return council.activities.filter(recent | kept if kept else recent).distinct().order_by("-held_on", "pk")


class RichText(forms.Textarea):
    """Typed markup in a plain box. With JavaScript it becomes an editor, which posts its HTML in a field beside it."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        context = {
            "box": super().render(name, value, attrs, renderer), "html_name": html_field(name),
            "html": typed_to_html(str(value or "")),
        }  # fmt: skip
        return SafeString(render_to_string("advice/_editor.html", context))

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """What the editor made counts; it becomes typed markup at the door."""
        made = data.get(html_field(name))
        return html_to_typed(made) if made else super().value_from_datadict(data, files, name)


def html_field(name: str) -> str:
    return f"{name}_html"


def because() -> forms.CharField:
    return forms.CharField(
        label=_("Why did you change it?"), help_text=_("One sentence for the others, if you like."), max_length=200,
        required=False,
    )  # fmt: skip


def seen_version() -> forms.IntegerField:
    return forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1, required=False)


class PartForm(PortalForm):
    """What the form of a section and of a recommendation share."""

    guarded = True

    def values(self) -> dict[str, Any]:
        """What the verbs take."""
        return {**self.cleaned_data, "version": self.cleaned_data.get("version") or 0}


class SectionForm(PartForm):
    submit_label: Any = _("Save and close")
    extra_submits = [("stay", _("Save and go on writing")), ("check", _("Check the text"))]
    conditional = ["text"]
    required_messages = {"heading": _("Fill in a heading for this part.")}

    heading = forms.CharField(label=_("Heading"), max_length=200)
    text = forms.CharField(
        label=_("Text of this part"),
        help_text=_("Short sentences. No names of residents."),
        widget=RichText(attrs={"rows": 14, "class": "portal-editor"}),
        required=False,
    )
    because = because()
    version = seen_version()

    @classmethod
    def of(cls, section: Section, **more: Any) -> "SectionForm":
        typed = html_to_typed(section.text)
        return cls(initial={"heading": section.heading, "text": typed, "version": section.version, **more})

    @classmethod
    def of_kept(cls, kept: SectionSave) -> "SectionForm":
        """On top of the version that its author saw: what others saved since is shown before anything is replaced."""
        typed = html_to_typed(kept.text)
        return cls(initial={"heading": kept.heading, "text": typed, "version": kept.based_on})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["html"] = typed_to_html(cleaned.get("text", ""))
        return cleaned

    def values(self) -> dict[str, Any]:
        given = super().values()
        return {name: given[name] for name in ("heading", "version", "because")} | {"text": given["html"]}


class RecommendationForm(PartForm):
    submit_label: Any = _("Save recommendation")
    extra_submits = [("check", _("Check the text"))]
    tiles = ["rests_on"]
    required_messages = {"text": _("Write the recommendation.")}

    text = forms.CharField(
        label=_("What do you recommend?"),
        help_text=_("One sentence that says what should happen."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reason = forms.CharField(label=_("Why?"), widget=forms.Textarea(attrs={"rows": 6}), required=False)
    refers_to = forms.CharField(
        label=_("About which document and which page or article?"), max_length=300, required=False
    )
    rests_on = ActivityField(label=_("Where do we know this from?"), queryset=Activity.objects.none(), required=False)
    because = because()
    version = seen_version()

    def __init__(
        self, *args: Any, council: Council, recommendation: Recommendation | None = None,
        kept: RecommendationSave | None = None, **kwargs: Any,
    ):  # fmt: skip
        initial = {**values_of(recommendation), **values_of_kept(kept)}
        kwargs.setdefault("initial", initial)
        super().__init__(*args, **kwargs)
        self.fields["rests_on"].queryset = heard_lately(council, recommendation)
        if not self.fields["rests_on"].queryset.exists():
            del self.fields["rests_on"]


def values_of(recommendation: Recommendation | None) -> dict[str, Any]:
    if recommendation is None:
        return {}
    names = ("text", "reason", "refers_to", "version")
    rests_on = [activity.pk for activity in recommendation.rests_on.all()]
    return {**{name: getattr(recommendation, name) for name in names}, "rests_on": rests_on}


def values_of_kept(kept: RecommendationSave | None) -> dict[str, Any]:
    if kept is None:
        return {}
    return {"text": kept.text, "reason": kept.why, "refers_to": kept.refers_to, "version": kept.based_on}
