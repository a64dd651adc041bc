from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from councils.models import Council
from meetings.models import ItemProposal, Meeting, StandingItem
from portal.forms import PortalForm, PortalFormMixin
from portal.models import Person


class StandingItemForm(PortalFormMixin, forms.ModelForm):
    submit_label = _("Save the standing item")
    required_messages = {"title": _("Fill in what the item is about.")}

    class Meta:
        model = StandingItem
        fields = ["title", "aim", "minutes", "kind", "at_end"]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["kind"].choices = [("", _("All meetings")), *[one for one in fields["kind"].choices if one[0]]]


class MeetingChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        from portal.dates import long_datetime

        return f"{long_datetime(obj.starts_at)}: {obj.title}"


class ProposalForm(PortalFormMixin, forms.ModelForm):
    submit_label = _("Propose the item")
    required_messages = {"title": _("Fill in what you want to talk about.")}
    meeting = MeetingChoice(
        label=_("For which meeting?"), queryset=Meeting.objects.none(), required=False, empty_label=_("The next one")
    )

    class Meta:
        model = ItemProposal
        fields = ["title", "why", "aim", "minutes", "meeting", "person"]
        labels = {"person": _("Who proposes it?")}

    def __init__(self, *args: Any, council: Council, by: Person, on_behalf: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["meeting"].queryset = council.meetings.upcoming().filter(parent=None)
        if on_behalf:
            members = Person.objects.filter(memberships__in=council.memberships.current())
            fields["person"].queryset = members.distinct().order_by("name")
            fields["person"].initial = by.pk
        else:
            del fields["person"]


class DeclineProposalForm(PortalForm):
    submit_label = _("Do not put it on the agenda")
    reason = forms.CharField(
        label=_("Why not?"), help_text=_("The member reads this."), widget=forms.Textarea(attrs={"rows": 4})
    )
