from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meetings.actions.minutes import TEXTS, ItemText
from meetings.models import AgendaItem, ItemMinutesVersion
from portal.fields import DateField
from portal.forms import PortalForm
from portal.models import Person


class ItemMinutesForm(PortalForm):
    """What was said, decided and agreed to do at one item: `ItemMinutesForm.of(item, people=…)`."""

    submit_label: Any = _("Save this item")
    guarded = True
    conditional = ["owner"]
    fieldsets = [
        (_("Minutes of this item"), ["report", "decision", "public_report"]),
        (_("Add an action"), ["to_do", "owner", "due_on"]),
    ]

    report = forms.CharField(label=_("What was said"), widget=forms.Textarea(attrs={"rows": 8}), required=False)
    decision = forms.CharField(
        label=_("What was decided"), help_text=_("Leave a blank line between two decisions."),
        widget=forms.Textarea(attrs={"rows": 3}), required=False,
    )  # fmt: skip
    public_report = forms.CharField(
        label=_("Short text for the public report"),
        help_text=_("Without names. Leave it empty and the public reads only the decisions."),
        widget=forms.Textarea(attrs={"rows": 3}), required=False,
    )  # fmt: skip
    to_do = forms.CharField(label=_("What has to be done?"), max_length=300, required=False)
    owner = forms.ModelChoiceField(
        Person.objects.none(), label=_("Who does it?"), required=False, empty_label=_("Make a choice")
    )
    due_on = DateField(label=_("Last day"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1, required=False)
    then = forms.ChoiceField(choices=[("", ""), ("table", ""), ("next", "")], widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, item: AgendaItem, people: list[Person], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = Person.objects.filter(pk__in=[one.pk for one in people]).order_by("name")  # type: ignore[attr-defined]
        where = [item.council.slug, item.meeting.public_id, item.pk]
        self.action = reverse("meetings:write_item", args=where)
        self.draft_url = reverse("meetings:keep_item", args=where)
        if item.is_closed:
            del self.fields["public_report"]

    @classmethod
    def of(
        cls, item: AgendaItem, *, people: list[Person], kept: ItemMinutesVersion | None = None, then: str = ""
    ) -> "ItemMinutesForm":
        """`kept` is put back on top of the version that its writer saw: what others saved since is shown first."""
        source = kept or item
        version = kept.based_on if kept else item.version
        initial = {**{name: getattr(source, name) for name in TEXTS}, "version": version, "then": then}
        return cls(item=item, people=people, initial=initial)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("to_do") and not cleaned.get("owner"):
            self.add_error("owner", _("Choose who does it."))
        if (cleaned.get("owner") or cleaned.get("due_on")) and not cleaned.get("to_do"):
            self.add_error("to_do", _("Write what has to be done, or leave who and when empty."))
        return cleaned

    def text(self) -> ItemText:
        """Also of a form that is not valid: what was typed is kept as it is."""
        return ItemText(*(str(self[name].value() or "") if name in self.fields else "" for name in TEXTS))

    def seen_version(self) -> int:
        return self.cleaned_data.get("version") or 0
