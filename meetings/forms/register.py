from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.models import ActionItem
from portal.forms import PortalFormMixin
from portal.models import Person


class ActionForm(PortalFormMixin, forms.ModelForm):
    submit_label = _("Add the action")

    class Meta:
        model = ActionItem
        fields = ["text", "owner", "due_on"]

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = Person.objects.filter(pk__in=[person.pk for person in people])
