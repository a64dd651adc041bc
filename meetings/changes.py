"""What a change of a meeting does: one table, and nothing else decides it.

The verb (actions.scheduling) does what stands here, the page shows it before saving, and the words of the difference in
the message come from here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db.models import Model, Sum, TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _

from councils.models import Authority
from meetings.models import Meeting, MeetingChange
from meetings.states import Answer, Channel, MeetingKind, MeetingState
from portal.dates import clock_time, long_date
from portal.models import Person

Words = Callable[[Any, Any], str]


class Mail(TextChoices):
    ALWAYS = "always"  # the secretary cannot leave it out: somebody would come at the wrong time or place
    ASK = "ask"  # mailed, unless the secretary chooses not to
    NO = "no"  # not mailed, unless the secretary chooses to


@dataclass(frozen=True)
class Effect:
    """One row of the table. `sequence`: SEQUENCE goes up when it is mailed. `asks_again`: earlier answers lapse."""

    mail: Mail
    sequence: bool
    asks_again: bool
    words: Words


def name_of(kind: type[Model], value: Any) -> str:
    """Of a person or authority, or of the id that was kept of it."""
    if value is None or isinstance(value, kind):
        return str(value or "")
    return str(kind._default_manager.filter(pk=value).first() or "")


def person_name(value: Any) -> str:
    return name_of(Person, value)


def from_to(sentence: Words, shown: Callable[[Any], str] = str) -> Words:
    return lambda old, new: sentence(shown(old) or _("nothing"), shown(new) or _("nothing"))


TABLE: dict[str, Effect] = {
    "day": Effect(Mail.ALWAYS, True, True, from_to(
        lambda old, new: _("The day changes: %(old)s → %(new)s.") % {"old": old, "new": new}, long_date)),
    "starts_at": Effect(Mail.ALWAYS, True, True, from_to(
        lambda old, new: _("The time changes: %(old)s → %(new)s.") % {"old": old, "new": new}, clock_time)),
    "ends_at": Effect(Mail.ALWAYS, True, True, from_to(
        lambda old, new: _("The end changes: %(old)s → %(new)s.") % {"old": old, "new": new}, clock_time)),
    "place": Effect(Mail.ALWAYS, True, False, from_to(
        lambda old, new: _("The place changes: %(old)s → %(new)s.") % {"old": old, "new": new})),
    "online_link": Effect(Mail.ALWAYS, True, False,
        lambda old, new: _("The link to join online changes.") if old and new
        else _("You can now join online as well.") if new else _("You can no longer join online.")),
    "title": Effect(Mail.ASK, True, False, from_to(
        lambda old, new: _("The title changes: %(old)s → %(new)s.") % {"old": old, "new": new})),
    "contact": Effect(Mail.ASK, True, False, from_to(
        lambda old, new: _("Whom to call changes: %(old)s → %(new)s.") % {"old": old, "new": new}, person_name)),
    "is_public": Effect(Mail.NO, True, False,
        lambda old, new: _("The meeting is now public.") if new else _("The meeting is now closed.")),
    "kind": Effect(Mail.NO, True, False, from_to(
        lambda old, new: _("The kind of meeting changes: %(old)s → %(new)s.") % {"old": old, "new": new},
        lambda kind: str(MeetingKind(kind).label))),
    "chair": Effect(Mail.NO, True, False, from_to(
        lambda old, new: _("The chair changes: %(old)s → %(new)s.") % {"old": old, "new": new}, person_name)),
    "working_group": Effect(Mail.NO, True, False, from_to(
        lambda old, new: _("The working group changes: %(old)s → %(new)s.") % {"old": old, "new": new})),
    "authority": Effect(Mail.NO, True, False, from_to(
        lambda old, new: _("With whom we consult changes: %(old)s → %(new)s.") % {"old": old, "new": new},
        lambda value: name_of(Authority, value))),
    # Not a fact of the meeting itself: the calendar keeps its entry as it is.
    "agenda": Effect(Mail.NO, False, False, lambda old, new: _("The agenda has changed.")),
    "paper": Effect(Mail.NO, False, False, lambda old, new: _("There is a new paper.")),
    "parts": Effect(Mail.ALWAYS, True, False,
        lambda old, new: _("The meeting now has parts, each with its own time and room.")),
    "cancelled": Effect(Mail.ALWAYS, True, False, lambda old, new: _("The meeting is cancelled.")),
    # Of one person: nobody else hears of it.
    "added": Effect(Mail.ALWAYS, False, False, lambda old, new: _("You are invited.")),
    "removed": Effect(Mail.ALWAYS, True, False, lambda old, new: _("You are no longer invited.")),
}  # fmt: skip
MOMENTS = ("starts_at", "ends_at")

Facts = dict[str, tuple[Any, Any]]  # column of the meeting: what it was, what it becomes


def facts_that_change(meeting: Meeting, wanted: dict[str, Any]) -> Facts:
    return {name: (getattr(meeting, name), new) for name, new in wanted.items() if getattr(meeting, name) != new}


def rows_of(facts: Facts) -> dict[str, tuple[Any, Any]]:
    """The rows of the table that a change is about, in the order of the table. A new day alone is its own row."""
    rows = {name: pair for name, pair in facts.items() if name not in MOMENTS}
    for name in MOMENTS:
        if name not in facts:
            continue
        old, new = (timezone.localtime(moment) for moment in facts[name])
        moved = old.date() != new.date()
        if moved and name == "starts_at":
            rows["day"] = (old, new)
        # The same clock on the same day is the hour that comes twice.
        if old.time() != new.time() or not moved:
            rows[name] = (old, new)
    return {name: rows[name] for name in TABLE if name in rows}


def words_of(facts: Facts) -> list[str]:
    return [TABLE[name].words(old, new) for name, (old, new) in rows_of(facts).items()]


@dataclass(frozen=True)
class Outcome:
    """What saving will do, for the page and for the verb."""

    facts: Facts
    rows: tuple[str, ...]
    words: tuple[str, ...]
    mail: Mail
    is_mailed: bool
    raises_sequence: bool
    asks_again: bool
    by_email: int = 0
    on_paper: int = 0
    by_phone: int = 0
    answers: int = 0  # given answers that lapse
    visitors: int = 0  # who announced themselves: they are told by nobody but the secretary

    @property
    def people(self) -> int:
        return self.by_email + self.on_paper + self.by_phone

    @property
    def may_choose(self) -> bool:
        return bool(self.people) and self.mail != Mail.ALWAYS

    def seal(self) -> str:
        """The same as long as saving would still do what the page showed, whatever is chosen about the mail."""
        shown = (self.words, self.mail, self.asks_again, self.by_email, self.on_paper, self.by_phone, self.answers)
        return sha256(repr(shown).encode()).hexdigest()[:16]


def outcome_of(
    meeting: Meeting, wanted: dict[str, Any] | None = None, *, mail: bool | None = None, also: Iterable[str] = ()
) -> Outcome:
    """What changing the meeting to the wanted facts does. `mail` is what the secretary chose, None when she was not
    asked. `also` names rows that are no fact of the meeting, such as "cancelled"."""
    facts = facts_that_change(meeting, wanted or {})
    pairs = {**rows_of(facts), **dict.fromkeys(also, (None, None))}
    effects = [TABLE[name] for name in pairs]
    told = meeting.state == MeetingState.INVITED
    strongest = next((kind for kind in Mail if any(effect.mail == kind for effect in effects)), Mail.NO)
    wants = strongest != Mail.NO if mail is None or strongest == Mail.ALWAYS else mail
    asks_again = any(effect.asks_again for effect in effects)
    is_mailed = told and bool(effects) and wants
    return Outcome(
        facts=facts, rows=tuple(pairs), words=tuple(TABLE[name].words(*pair) for name, pair in pairs.items()),
        mail=strongest, is_mailed=is_mailed, asks_again=told and asks_again,
        raises_sequence=is_mailed and any(effect.sequence for effect in effects),
        **(_reached(meeting, asks_again) if told else {}),
        visitors=_visitors(meeting) if told and strongest == Mail.ALWAYS else 0,
    )  # fmt: skip


def _reached(meeting: Meeting, asks_again: bool) -> dict[str, int]:
    invited = list(meeting.invitees.invited().values_list("channel", "person__email", "answer"))
    by_email = sum(channel == Channel.EMAIL and bool(address) for channel, address, _answer in invited)
    by_phone = sum(channel == Channel.PHONE for channel, _address, _answer in invited)
    return {
        "by_email": by_email, "by_phone": by_phone, "on_paper": len(invited) - by_email - by_phone,
        "answers": sum(answer != Answer.NONE for _channel, _address, answer in invited) if asks_again else 0,
    }  # fmt: skip


def _visitors(meeting: Meeting) -> int:
    if not meeting.is_public:
        return 0
    return meeting.visitors.filter(withdrawn_at=None).aggregate(heads=Sum("people"))["heads"] or 0


# --- what was changed before, kept as plain data ---


def plain(facts: Facts) -> dict[str, list[Any]]:
    return {name: [_plain_value(value) for value in pair] for name, pair in facts.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return value.pk if isinstance(value, Model) else value


def difference(changes: Iterable[MeetingChange]) -> list[str]:
    """The words of several changes taken together: from what was told before to what holds now."""
    merged: dict[str, list[Any]] = {}
    also: list[str] = []
    for change in changes:
        for name, (old, new) in change.facts.items():
            if old is None and new is None:
                also.append(name)
            else:
                merged[name] = [merged.get(name, [old])[0], new]
    facts: Facts = {name: (_value(name, old), _value(name, new)) for name, (old, new) in merged.items() if old != new}
    return words_of(facts) + [TABLE[name].words(None, None) for name in dict.fromkeys(also)]


def _value(name: str, stored: Any) -> Any:
    return datetime.fromisoformat(stored) if name in MOMENTS else stored
