"""Another view in the letter: written by its author, until the letter goes. Nobody else changes a word of it."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from advice.models import Advice, MinorityView
from advice.opinions import asked_of, one_of_us
from advice.states import NOT_GONE_YET, EnteredBy
from portal.access import Refused
from portal.audit import record
from portal.models import Person
from portal.post import post


@transaction.atomic
def write_view(advice: Advice, *, text: str, with_name: bool, by: Person) -> MinorityView:
    """A member's own other view. One per member."""
    advice = locked_open(advice.pk)
    check_author(advice, by, field="")
    view = create(advice, by, text=text, with_name=with_name, entered_by=by, channel=EnteredBy.SELF)
    record("minority_view.written", view, by=by)
    return view


@transaction.atomic
def enter_view(
    advice: Advice, *, author: Person, text: str, with_name: bool, channel: str, by: Person
) -> MinorityView:  # fmt: skip
    """What the secretary heard from its author, disclosed as such. From then on it is the author's."""
    advice = locked_open(advice.pk)
    if channel == EnteredBy.SELF:
        raise Refused(_("Choose how you heard it."), field="channel")
    check_author(advice, author, field="person")
    view = create(advice, author, text=text, with_name=with_name, entered_by=by, channel=channel)
    record("minority_view.entered", view, by=by)
    post("advice.own_view", author, about=view, cause=f"view:{view.pk}", council_id=advice.council_id)
    return view


@transaction.atomic
def change_view(view: MinorityView, *, text: str, with_name: bool, by: Person) -> MinorityView:
    """By its author, until the letter goes. The council does not decide again: it is not the council's text."""
    locked_open(view.advice_id)
    view = MinorityView.objects.select_for_update(of=("self",)).select_related("author").get(pk=view.pk)
    if view.author_id != by.pk:
        raise Refused(_("Only its author can change this text."))
    check_text(text)
    view.text, view.by = text.strip(), signed(by, with_name)
    view.entered_by, view.channel = by, EnteredBy.SELF
    view.save(update_fields=["text", "by", "entered_by", "channel"])
    record("minority_view.changed", view, by=by)
    return view


@transaction.atomic
def withdraw_view(view: MinorityView, *, by: Person) -> None:
    """Out of the letter. The row stays, empty, so that an adopted text knows that it was taken back."""
    locked_open(view.advice_id)
    view = MinorityView.objects.select_for_update().get(pk=view.pk)
    if view.author_id != by.pk:
        raise Refused(_("Only its author can change this text."))
    view.text = ""
    view.save(update_fields=["text"])
    record("minority_view.withdrawn", view, by=by)


def create(advice: Advice, author: Person, *, text: str, with_name: bool, **more: Any) -> MinorityView:
    check_text(text)
    return MinorityView.objects.create(
        advice=advice, council_id=advice.council_id, author=author, by=signed(author, with_name), text=text.strip(),
        **more,
    )  # fmt: skip


def signed(author: Person, with_name: bool) -> str:
    return author.name if with_name else one_of_us()


def check_text(text: str) -> None:
    if not text.strip():
        raise Refused(_("Write what should stand in the letter."), field="text")


def check_author(advice: Advice, author: Person, *, field: str) -> None:
    if not asked_of(advice.council).filter(pk=author.pk).exists():
        raise Refused(_("Choose a member of the council."), field=field)
    if advice.minority_views.filter(author=author).exists():
        raise Refused(
            _("There is another view of %(name)s already. Only %(name)s can change it.") % {"name": author.name},
            field=field,
        )


def locked_open(advice_id: int) -> Advice:
    advice = Advice.objects.select_for_update().get(pk=advice_id)
    if advice.state not in NOT_GONE_YET:
        raise Refused(_("The letter has gone. This text can no longer be changed."))
    return advice
