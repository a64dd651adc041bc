"""Input for the parts of a kind of letter."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms import PortalForm, PortalFormSetMixin


class PartForm(PortalForm):
    conditional = ["heading"]

    heading = forms.CharField(label=_("Heading of this part"), max_length=200, required=False)
    hint = forms.CharField(
        label=_("What should stand here?"), widget=forms.Textarea(attrs={"rows": 2}), required=False, max_length=500
    )


class BasePartFormSet(PortalFormSetMixin, forms.BaseFormSet):
    item_label = _("Part")
    heading_level = 2

    def parts(self) -> list[dict[str, str]]:
        return [form.cleaned_data for form in self.forms if form.cleaned_data.get("heading")]


PartFormSet = forms.formset_factory(PartForm, formset=BasePartFormSet, extra=2)
