"""Input for who is there, who comes and goes, who takes no part, who chairs."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.models import AgendaItem, Invitee, Meeting
from meetings.presence import moment
from meetings.states import Answer, Attendance, GuestCapacity
from portal.forms import PortalForm
from portal.models import Person

EXPECTED = {Answer.ACCEPTED: Attendance.PRESENT, Answer.DECLINED: Attendance.ABSENT_NOTIFIED}


def expected(invitee: Invitee) -> str:
    """What was noted, or else what the answer to the invitation says."""
    if invitee.attendance != Attendance.UNKNOWN:
        return invitee.attendance
    return EXPECTED.get(Answer(invitee.answer), Attendance.UNKNOWN)


class PeopleForm(PortalForm):
    """One question per person who may be there, filled in from the answers to the invitation."""

    form_tag = False
    show_summary = False

    def __init__(self, *args: Any, people: list[Person], seen: dict[int, str], early: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        names = [f"person_{person.pk}" for person in people]
        self.tiles = self.row = self.conditional = names  # type: ignore[misc]
        for person, name in zip(people, names, strict=True):
            known = seen.get(person.pk, Attendance.UNKNOWN)
            self.fields[name] = forms.ChoiceField(
                label=person.name, required=False, widget=forms.RadioSelect,
                choices=[one for one in Attendance.choices if one[0] != Attendance.UNKNOWN],
                initial=known if known != Attendance.UNKNOWN else None,
            )  # fmt: skip
        if early:
            self.fields["although_early"] = forms.BooleanField(
                label=_("Yes, open the meeting now"), required=False, label_suffix=""
            )
            self.conditional = [*names, "although_early"]  # type: ignore[misc]

    def attendance(self, *, others: Iterable[Person] = ()) -> dict[int, str]:
        """`others` are there unless something else was filled in."""
        answers = {name: seen for name, seen in self.cleaned_data.items() if name.startswith("person_")}
        blank = dict.fromkeys((person.pk for person in others), Attendance.PRESENT)
        said = {int(name.removeprefix("person_")): seen for name, seen in answers.items()}
        return {pk: seen or blank.get(pk, Attendance.UNKNOWN) for pk, seen in said.items()}


class ItemChoice(forms.ModelChoiceField):
    def label_from_instance(self, item: AgendaItem) -> str:
        return f"{item.position}. {item.title}"


class OfMeetingForm(PortalForm):
    """Chooses among the items of the meeting and the people who may be there."""

    def __init__(self, *args: Any, meeting: Meeting, people: list[Person] | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, ItemChoice):
                field.queryset = meeting.agenda_items.all()
        if people is not None:
            for name in ("person", "deputy"):
                if name in self.fields:
                    self.fields[name].queryset = Person.objects.filter(pk__in=[one.pk for one in people]).order_by(  # type: ignore[attr-defined]
                        "name"
                    )


def who(label: Any, **more: Any) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(Person.objects.none(), label=label, **more)


def at_item(label: Any, **more: Any) -> ItemChoice:
    return ItemChoice(AgendaItem.objects.none(), label=label, **more)


class ArriveForm(OfMeetingForm):
    submit_label = _("Note that this person is here")
    person = who(_("Who comes in?"))
    item = at_item(_("From which item?"))


class LeaveForm(OfMeetingForm):
    submit_label = _("Note that this person leaves")
    tiles = ["stays"]
    required_messages = {"stays": _("Choose whether this item still counts.")}
    person = who(_("Who leaves?"))
    item = at_item(_("At which item?"))
    stays = forms.ChoiceField(
        label=_("Does this person still decide on this item?"),
        choices=[("no", _("No, this person is gone now")), ("yes", _("Yes, and leaves after it"))],
        widget=forms.RadioSelect,
    )


class PresenceForm(OfMeetingForm):
    """Afterwards: as it was."""

    submit_label = _("Save")
    tiles = ["attendance"]
    conditional = ["from_item", "until_item", "again_from"]
    fieldsets = [
        (None, ["attendance"]),
        (_("Not there for the whole meeting?"), ["from_item", "until_item", "again_from"]),
    ]
    required_messages = {"attendance": _("Choose whether this person was there.")}
    attendance = forms.ChoiceField(
        label=_("Was this person there?"), choices=Attendance.choices, widget=forms.RadioSelect
    )
    from_item = at_item(_("From which item?"), required=False, empty_label=_("From the opening"))
    until_item = at_item(_("Until and including which item?"), required=False, empty_label=_("Until the end"))
    again_from = at_item(_("Back again from which item?"), required=False, empty_label=_("Did not come back"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        last, again = cleaned.get("until_item"), cleaned.get("again_from")
        if again and (last is None or moment(again) <= moment(last)):
            self.add_error("again_from", _("Who comes back left before. Choose a later item than the last one."))
        return cleaned

    def stretches(self) -> list[tuple[AgendaItem | None, AgendaItem | None]]:
        given = self.cleaned_data
        back = [(given["again_from"], None)] if given["again_from"] else []
        return [(given["from_item"], given["until_item"]), *back]


class DeputyForm(OfMeetingForm):
    submit_label = _("Note the deputy")
    deputy = who(_("Who is there instead?"))


class GuestForm(PortalForm):
    submit_label = _("Add the guest")
    tiles = ["capacity"]
    required_messages = {"name": _("Fill in the name, or how many people: for example 3 visitors.")}
    name = forms.CharField(label=_("Name"), max_length=200)
    capacity = forms.ChoiceField(label=_("As what?"), choices=GuestCapacity, initial=GuestCapacity.GUEST,
                                 widget=forms.RadioSelect)  # fmt: skip
    organisation = forms.CharField(label=_("On behalf of"), max_length=200, required=False)


class RecusalForm(OfMeetingForm):
    submit_label = _("Note that I take no part")
    required_messages = {"reason": _("Say why, in a few words.")}
    item = at_item(_("In which item?"))
    person = who(_("Who takes no part?"))
    reason = forms.CharField(
        label=_("Why?"), max_length=300,
        help_text=_("In a few words, such as: my sister works there. Your council can read it."),
    )  # fmt: skip

    def __init__(self, *args: Any, for_others: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if for_others:
            self.submit_label = _("Note that this person takes no part")
        else:
            del self.fields["person"]


class ChairForm(OfMeetingForm):
    submit_label = _("Save who chairs")
    person = who(_("Who chairs?"), required=False, empty_label=_("The chair of the council"))
