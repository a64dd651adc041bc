from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.models import AgendaItem, MinutesCorrection
from portal.dates import long_date
from portal.fields import DateField
from portal.forms import PortalForm
from portal.models import Person


class RoundForm(PortalForm):
    submit_label = _("Send it to the members")
    until = DateField(label=_("Last day for corrections"))
    required_messages = {"until": _("Fill in until when the members can send corrections.")}


class CorrectionForm(PortalForm):
    submit_label = _("Send my correction")
    guarded = True
    required_messages = {"text": _("Write what should be different.")}

    item = forms.ModelChoiceField(
        AgendaItem.objects.none(), label=_("At which item?"), required=False, empty_label=_("About the whole report")
    )
    text = forms.CharField(
        label=_("What should be different?"), help_text=_("Write it as it should be, if you can."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    person = forms.ModelChoiceField(Person.objects.none(), label=_("Whose correction is it?"), required=False)

    def __init__(self, *args: Any, items: Any, people: list[Person], **kwargs: Any):
        """`people`: on behalf of whom; empty for who writes for herself."""
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = items  # type: ignore[attr-defined]
        if people:
            self.submit_label = _("Save the correction")
            self.fields["person"].queryset = Person.objects.filter(pk__in=[one.pk for one in people]).order_by("name")  # type: ignore[attr-defined]
        else:
            del self.fields["person"]


class SettleForm(PortalForm):
    """Taken over or not; the text of the item can be changed in the same step."""

    submit_label = _("Save")
    guarded = True
    tiles = row = ["taken_over"]
    required_messages = {"taken_over": _("Choose whether the correction is taken over.")}

    taken_over = forms.ChoiceField(
        label=_("Is it taken over?"), choices=[("yes", _("Taken over")), ("no", _("Not taken over"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    answer = forms.CharField(
        label=_("What was done with it"), widget=forms.Textarea(attrs={"rows": 2}), required=False,
        help_text=_("Everybody in the council reads this. Needed when it is not taken over."),
    )  # fmt: skip
    report = forms.CharField(label=_("What was said"), widget=forms.Textarea(attrs={"rows": 8}), required=False)
    decision = forms.CharField(label=_("What was decided"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1, required=False)

    def __init__(self, *args: Any, correction: MinutesCorrection, **kwargs: Any):
        item = correction.item
        initial = {"report": item.report, "decision": item.decision, "version": item.version} if item else {}
        super().__init__(*args, initial=initial, **kwargs)
        if item is None:
            for name in ("report", "decision", "version"):
                del self.fields[name]


class AdoptForm(PortalForm):
    submit_label = _("Adopt the minutes")
    required_messages = {"item": _("Choose at which item they are adopted.")}
    item = forms.ModelChoiceField(
        AgendaItem.objects.none(), label=_("At which item of which meeting?"), empty_label=_("Make a choice")
    )

    def __init__(self, *args: Any, items: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["item"]
        field.queryset = items  # type: ignore[attr-defined]
        field.label_from_instance = in_meeting  # type: ignore[attr-defined]


def in_meeting(item: AgendaItem) -> str:
    return f"{long_date(item.meeting.starts_at)}: {item.title}"


class PublicTextsForm(PortalForm):
    """One short text per item that is not closed."""

    submit_label = _("Make it public")
    extra_submits = [("look", _("Look at it first"))]
    guarded = True
    conditional = ["sure"]

    def __init__(self, *args: Any, items: list[dict[str, Any]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        for item in items:
            if not item["closed"]:
                self.fields[f"item_{item['number']}"] = forms.CharField(
                    label=f"{item['number']}. {item['title']}", initial=item["public"], required=False,
                    widget=forms.Textarea(attrs={"rows": 3}),
                )  # fmt: skip
        self.fields["sure"] = forms.BooleanField(label=_("I looked at the text. It may become public."), required=False)

    def texts(self) -> dict[int, str]:
        """Also of a form that was not sent yet."""
        return {
            int(name.removeprefix("item_")): str(self[name].value() or "")
            for name in self.fields
            if name.startswith("item_")
        }


class WithdrawForm(PortalForm):
    submit_label = _("Withdraw the public report")
    required_messages = {"why": _("Say why they are withdrawn. Everyone can read it.")}
    why = forms.CharField(label=_("Why is it withdrawn?"), max_length=300)
