from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.models import AgendaItem
from portal.forms import PortalFormMixin


class AgendaItemForm(PortalFormMixin, forms.ModelForm):
    submit_label = _("Save the item")
    papers = forms.FileField(label=_("Add a paper"), required=False)

    class Meta:
        model = AgendaItem
        fields = ["title", "aim", "minutes"]
