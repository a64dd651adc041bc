from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from councils.models import Authority, Council
from meetings.forms.when import WhenForm, clock_of
from meetings.models import Meeting
from meetings.reminders import DAYS, DEFAULT_DAYS, days_of
from meetings.states import MeetingKind
from portal.models import Person


def people_of(council: Council) -> QuerySet[Person]:
    """Who has a role in the council today."""
    return Person.objects.filter(pk__in=council.memberships.current().values("person")).order_by("name")


class KindMixin:
    """What only some kinds of meeting have is asked of all, with a hint; for the other kinds it is left out."""

    def prepare_kinds(self, council: Council) -> None:
        fields = self.fields  # type: ignore[attr-defined]
        if "working_group" in fields:
            fields["working_group"].help_text = _("Only for a working group.")
        if "authority" in fields:
            fields["authority"].queryset = Authority.objects.advised_by(council).order_by("name")
            fields["authority"].help_text = _(
                "Only for a consultation. The authority sees this meeting after you send the invitations."
            )

    def clean_kinds(self, cleaned: dict[str, Any]) -> None:
        kind = cleaned.get("kind")
        if "working_group" in self.fields:  # type: ignore[attr-defined]
            if kind != MeetingKind.WORKING_GROUP:
                cleaned["working_group"] = ""
            elif not cleaned.get("working_group"):
                self.add_error("working_group", _("Fill in which working group this is."))  # type: ignore[attr-defined]
        if "authority" in self.fields:  # type: ignore[attr-defined]
            if kind != MeetingKind.CONSULTATION:
                cleaned["authority"] = None
            elif not cleaned.get("authority"):
                self.add_error("authority", _("Choose with which authority you consult."))  # type: ignore[attr-defined]


class MeetingForm(KindMixin, WhenForm, forms.ModelForm):
    """The council stands on the instance, also on one that is not saved yet."""

    submit_label = _("Save the meeting")
    fieldsets = [
        (_("What and when?"), ["title", "kind", "working_group", "authority", "day", "starts", "ends", "fold"]),
        (_("Where?"), ["place", "online_link"]),
        (_("For whom?"), ["is_public", "chair", "contact"]),
        (_("Reminders"), ["reminder_days"]),
    ]
    conditional = ["working_group", "authority"]
    online_link = forms.URLField(label=_("Online link"), required=False, assume_scheme="https")

    reminder_days = forms.TypedMultipleChoiceField(
        label=_("When do we remind the people who are invited?"), required=False, choices=list(DAYS.items()),
        coerce=int, widget=forms.CheckboxSelectMultiple,
        help_text=_("Who has not answered is asked each time. Who comes hears when and where, the last time."),
    )  # fmt: skip

    class Meta:
        model = Meeting
        fields = [
            "title", "kind", "working_group", "authority", "place", "online_link", "is_public", "chair", "contact",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.instance.starts_at:
            self.initial |= clock_of(self.instance.starts_at, self.instance.ends_at)
        self.initial["reminder_days"] = days_of(self.instance)
        self.prepare_kinds(self.instance.council)
        self.fields["is_public"].help_text = _("Anyone may come and listen. At the agenda you can close one item.")
        people = people_of(self.instance.council)
        self.fields["chair"].queryset = people
        self.fields["chair"].empty_label = _("The chair of the council")
        self.fields["contact"].queryset = people
        self.fields["contact"].empty_label = _("The secretary")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.clean_kinds(cleaned)
        days = sorted(cleaned.get("reminder_days", []), reverse=True)
        cleaned["reminder_days"] = None if days == DEFAULT_DAYS.get(cleaned.get("kind", "")) else days
        return cleaned

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in (*self._meta.fields, "starts_at", "ends_at", "reminder_days")}
