from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.models import ActionItem, MeetingDecision
from portal.fields import DateField
from portal.forms import PortalForm, PortalFormMixin
from portal.models import Person


class ActionForm(PortalFormMixin, forms.ModelForm):
    submit_label = _("Add the action")

    class Meta:
        model = ActionItem
        fields = ["text", "owner", "due_on"]

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = Person.objects.filter(pk__in=[person.pk for person in people])


class HandOverForm(PortalForm):
    submit_label = _("Save")
    owner = forms.ModelChoiceField(Person.objects.none(), label=_("Who does it?"), empty_label=_("Make a choice"))
    due_on = DateField(label=_("Last day"), required=False)
    required_messages = {"owner": _("Choose who does it.")}

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = Person.objects.filter(pk__in=[one.pk for one in people]).order_by("name")  # type: ignore[attr-defined]


class ReplaceForm(PortalForm):
    submit_label = _("Save")
    replaced_by = forms.ModelChoiceField(
        MeetingDecision.objects.none(), label=_("Which decision took its place?"), empty_label=_("Make a choice")
    )
    required_messages = {"replaced_by": _("Choose which decision took its place.")}

    def __init__(self, *args: Any, later: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["replaced_by"]
        field.queryset = later  # type: ignore[attr-defined]
        field.label_from_instance = lambda one: f"{one.number}: {one.text[:80]}"  # type: ignore[attr-defined]
