from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.forms.planning import people_of
from meetings.forms.when import WhenForm, clock_of
from meetings.models import Meeting
from portal.forms import PortalFormMixin


class PartForm(WhenForm, forms.ModelForm):
    """A part is on the day of its plenary, so the day is not asked."""

    submit_label = _("Save this part")
    fieldsets = [
        (_("What and when?"), ["title", "starts", "ends", "fold"]),
        (_("Where?"), ["place", "online_link"]),
        (_("Who takes part?"), ["chair", "people"]),
    ]
    online_link = forms.URLField(label=_("Online link"), required=False, assume_scheme="https")

    class Meta:
        model = Meeting
        fields = ["title", "place", "online_link", "chair"]

    def __init__(self, *args: Any, plenary: Meeting, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.meeting_day = timezone.localdate(plenary.starts_at)
        del self.fields["day"]
        people = people_of(plenary.council)
        self.fields["chair"].queryset = people
        self.fields["people"] = forms.ModelMultipleChoiceField(
            people, label=_("Who sits in this part?"), required=False, widget=forms.CheckboxSelectMultiple
        )
        if self.instance.pk:
            self.initial |= clock_of(self.instance.starts_at, self.instance.ends_at)
            self.initial["people"] = list(self.instance.invitees.values_list("person_id", flat=True))

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["day"] = self.meeting_day
        return super().clean()

    def facts(self) -> dict[str, Any]:
        names = (*self._meta.fields, "starts_at", "ends_at", "people")
        return {name: self.cleaned_data[name] for name in names}


class ResultForm(PortalFormMixin, forms.ModelForm):
    submit_label = _("Save the result")

    class Meta:
        model = Meeting
        fields = ["result"]
