"""Input for the text of an advice. Text of a section is typed in a plain box, see advice.typed."""

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advice.models import Recommendation, Section
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


class SectionForm(PortalForm):
    submit_label: Any = _("Save and close")
    extra_submits = [("stay", _("Save and go on writing")), ("check", _("Check the text"))]
    guarded = True
    conditional = ["text"]
    required_messages = {"heading": _("Fill in a heading for this part.")}

    heading = forms.CharField(label=_("Heading"), max_length=200)
    text = forms.CharField(
        label=_("Text of this part"),
        help_text=_(
            "Short sentences. No names of residents. An empty line starts a paragraph, “- ” an item of a list, "
            "“1. ” a numbered list, “### ” a heading inside this part."
        ),
        widget=forms.Textarea(attrs={"rows": 14, "class": "portal-editor"}),
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @classmethod
    def of(cls, section: Section) -> "SectionForm":
        typed = html_to_typed(section.text)
        return cls(initial={"heading": section.heading, "text": typed, "version": section.version})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["html"] = typed_to_html(cleaned.get("text", ""))
        cleaned["version"] = cleaned.get("version") or 0
        return cleaned


class RecommendationForm(PortalForm):
    submit_label: Any = _("Save recommendation")
    extra_submits = [("check", _("Check the text"))]
    guarded = True
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
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, council: Council, recommendation: Recommendation | None = None, **kwargs: Any):
        if recommendation is not None:
            kwargs.setdefault("initial", self.values(recommendation))
        super().__init__(*args, **kwargs)
        self.fields["rests_on"].queryset = heard_lately(council, recommendation)
        if not self.fields["rests_on"].queryset.exists():
            del self.fields["rests_on"]

    @staticmethod
    def values(recommendation: Recommendation) -> dict[str, Any]:
        names = ("text", "reason", "refers_to", "version")
        rests_on = [activity.pk for activity in recommendation.rests_on.all()]
        return {**{name: getattr(recommendation, name) for name in names}, "rests_on": rests_on}
