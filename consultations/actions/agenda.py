"""The long-term agenda: an authority tells what is coming, so that councils can plan and think along at the front."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations import recipients
from consultations.actions.requests import start_request
from consultations.actions.topics import refuse_twice
from consultations.models import AdviceRequest, PolicyTopic, ThinkingAlong
from councils.models import Authority, Council
from portal.access import Refused
from portal.audit import record
from portal.models import AuditEvent, Person
from portal.post import post
from portal.text import listed

TOO_LATE_TO_CORRECT = gettext_lazy(
    "You cannot correct this talk now. Only who wrote it down can, the same day, before there is an answer."
)
DATES = ["request_expected_on", "decision_expected_on"]


@transaction.atomic
def announce(
    authority: Authority, *, name: str, request_expected_on: date | None, by: Person,
    councils: Iterable[Council] | None = None, decision_expected_on: date | None = None,
    topic: PolicyTopic | None = None, keeper: Council | None = None, **facts: object,
) -> PolicyTopic:  # fmt: skip
    """Put a topic on the agenda: a new one, or one of the list, given or found by its name. Its councils hear once.

    `keeper`: the council that keeps the agenda for the authority; it touches nothing that only others see.
    """
    authority = Authority.objects.select_for_update(no_key=True).get(pk=authority.pk)
    known = PolicyTopic.objects.select_for_update().filter(authority=authority)
    if keeper:
        known = known.for_council(keeper)
    topic = known.get(pk=topic.pk) if topic else known.filter(name__iexact=name).first()
    if topic and topic.announced_on and not topic.dropped_on:
        raise Refused(_("This topic is on the agenda already. You can change it there."), field="name")
    refuse_twice(authority.pk, name, but=topic)
    check_dates(request_expected_on, decision_expected_on)
    topic = topic or PolicyTopic(authority=authority)
    topic.name = name
    for fact, value in facts.items():
        setattr(topic, fact, value)
    topic.request_expected_on, topic.decision_expected_on = request_expected_on, decision_expected_on
    topic.announced_on, topic.dropped_on, topic.drop_reason = timezone.localdate(), None, ""
    topic.save()
    if councils is not None:
        name_councils(topic, councils, keeper)
    event = record("consultations.topic_announced", topic, by=by)
    tell_councils(topic, "consultations.topic_announced", event, by=by)
    return topic


@transaction.atomic
def change_announcement(
    topic: PolicyTopic, *, by: Person, councils: Iterable[Council] | None = None, keeper: Council | None = None,
    **facts: object,
) -> PolicyTopic:  # fmt: skip
    """Change what is announced. Councils hear of other dates; who comes in hears of the topic, who goes out too."""
    topic = lock(topic)
    need_on_agenda(topic)
    if "name" in facts:
        refuse_twice(topic.authority_id, str(facts["name"]), but=topic)
    before, knew = dates_of(topic), list(recipients.councils_of(topic))
    for fact, value in facts.items():
        setattr(topic, fact, value)
    check_dates(topic.request_expected_on, topic.decision_expected_on)
    topic.save()
    if councils is not None:
        name_councils(topic, councils, keeper)
    event = record("consultations.announcement_changed", topic, by=by)
    now = list(recipients.councils_of(topic))
    tell_councils(topic, "consultations.topic_announced", event, by=by, councils=[c for c in now if c not in knew])
    tell_councils(topic, "consultations.topic_for_others", event, by=by, councils=[c for c in knew if c not in now])
    if dates_of(topic) != before:
        # The message brings the dates of before: what changed is worked out when it is sent.
        kind, still = "consultations.topic_moved", [c for c in now if c in knew]
        tell_councils(topic, kind, event, by=by, councils=still, more="/".join(day or "-" for day in before))
    return topic


@transaction.atomic
def drop_topic(topic: PolicyTopic, *, reason: str, by: Person) -> PolicyTopic:
    """Take a topic off the agenda, with the reason. It stays on file; the councils hear why."""
    topic = lock(topic)
    need_on_agenda(topic)
    if not reason.strip():
        raise Refused(_("Say why the topic goes off the agenda. The councils read it."), field="reason")
    topic.dropped_on, topic.drop_reason = timezone.localdate(), reason.strip()
    topic.save(update_fields=["dropped_on", "drop_reason"])
    event = record("consultations.topic_dropped", topic, by=by)
    tell_councils(topic, "consultations.topic_dropped", event, by=by)
    return topic


@transaction.atomic
def ask_from_topic(topic: PolicyTopic, *, by: Person) -> AdviceRequest:
    """From announcement to request: a draft with all that the agenda knows. A draft that is there already is it."""
    topic = lock(topic)
    need_on_agenda(topic)
    begun = topic.requests.drafts().order_by("created_at").first()
    if begun:
        return begun
    in_office = recipients.case_workers().filter(authority=topic.authority, person=topic.contact_id).exists()
    draft = start_request(
        topic.authority, by=by, topic=topic, subject=topic.name, laws=topic.laws, groups=topic.groups,
        summary=topic.summary, decision_on=topic.decision_expected_on, contact=topic.contact if in_office else by,
    )  # fmt: skip
    draft.wanted_councils.set(recipients.councils_of(topic))
    return draft


# --- thinking along at the front ------------------------------------------------------------------------------------


@transaction.atomic
def record_talk(
    topic: PolicyTopic, *, council: Council, held_on: date, said: str, by: Person, at_authority: bool, who: str = "",
    taken_along: str = "",
) -> ThinkingAlong:  # fmt: skip
    """A talk before any request, without formal advice. The other side hears that it is on file."""
    topic = lock(topic)
    need_on_agenda(topic)
    if council not in recipients.councils_of(topic):
        raise Refused(_("This topic is not for %(council)s.") % {"council": council}, field="council")
    check_talk(held_on, said)
    facts = {"council": council, "held_on": held_on, "said": said.strip(), "who": who.strip(), "entered_by": by}
    if twice := topic.talks.filter(**facts).first():  # the button was pressed twice
        return twice
    talk = ThinkingAlong.objects.create(
        topic=topic, authority=topic.authority, taken_along=taken_along.strip(), **facts
    )
    record("consultations.talk_recorded", talk, by=by)
    tell_other_side(talk, f"talk:{talk.pk}:recorded", by=by, at_authority=at_authority)
    return talk


@transaction.atomic
def correct_talk(
    talk: ThinkingAlong, *, held_on: date, said: str, by: Person, at_authority: bool, who: str = ""
) -> ThinkingAlong:
    """Who wrote it down mends it on the same day. The other side hears of it: it may have read the first words."""
    talk = lock_talk(talk)
    if not talk.can_correct(by, at_authority=at_authority):
        raise Refused(str(TOO_LATE_TO_CORRECT))
    check_talk(held_on, said)
    before = (talk.held_on, talk.said, talk.who)
    talk.held_on, talk.said, talk.who = held_on, said.strip(), who.strip()
    if (talk.held_on, talk.said, talk.who) == before:
        return talk
    talk.save(update_fields=["held_on", "said", "who"])
    event = record("consultations.talk_corrected", talk, by=by)
    tell_other_side(talk, f"talk:{talk.pk}:corrected:{event.pk}", by=by, at_authority=at_authority)
    return talk


@transaction.atomic
def answer_talk(talk: ThinkingAlong, *, taken_along: str, by: Person) -> ThinkingAlong:
    """What the authority does with what the council said. The council hears of it."""
    talk = lock_talk(talk)
    if not taken_along.strip():
        raise Refused(_("Write down what is done with it."), field="taken_along")
    if talk.taken_along == taken_along.strip():
        return talk
    talk.taken_along = taken_along.strip()
    talk.save(update_fields=["taken_along"])
    event = record("consultations.talk_answered", talk, by=by)
    tell_leaders(talk, "consultations.talk_answered", f"talk:{talk.pk}:answered:{event.pk}", by=by)
    return talk


# --- what the verbs share -------------------------------------------------------------------------------------------


def lock(topic: PolicyTopic) -> PolicyTopic:
    return PolicyTopic.objects.select_for_update(of=("self",)).select_related("authority", "contact").get(pk=topic.pk)


def lock_talk(talk: ThinkingAlong) -> ThinkingAlong:
    return ThinkingAlong.objects.select_for_update(of=("self",)).select_related("council", "topic").get(pk=talk.pk)


def check_talk(held_on: date, said: str) -> None:
    if held_on > timezone.localdate():
        raise Refused(_("This day lies in the future. Write the talk down after it was held."), field="held_on")
    if not said.strip():
        raise Refused(_("Write down what the council said."), field="said")


def need_on_agenda(topic: PolicyTopic) -> None:
    if topic.announced_on is None:
        raise Refused(_("This topic is not on the agenda yet. Announce it first."))
    if topic.dropped_on is not None:
        raise Refused(_("This topic is off the agenda. Announce it again first."))


def check_dates(request_on: date | None, decision_on: date | None) -> None:
    if request_on is None:
        raise Refused(_("Fill in when you expect to ask. A guess is enough."), field="request_expected_on")
    if decision_on and decision_on < request_on:
        raise Refused(_("The decision comes before the request. Check both dates."), field="decision_expected_on")


def dates_of(topic: PolicyTopic) -> list[str]:
    return [day.isoformat() if day else "" for day in (getattr(topic, name) for name in DATES)]


def name_councils(topic: PolicyTopic, councils: Iterable[Council], keeper: Council | None) -> None:
    chosen = list(councils)
    advising = set(Council.objects.advising(topic.authority).values_list("pk", flat=True))
    strangers = [council.name for council in chosen if council.pk not in advising]
    if strangers:
        raise Refused(
            _("%(councils)s no longer advises %(authority)s. Choose another council.")
            % {"councils": listed(strangers), "authority": topic.authority},
            field="councils",
        )
    if keeper and chosen and keeper not in chosen:
        raise Refused(_("Choose your own council too. Otherwise you no longer see the topic."), field="councils")
    topic.councils.set(chosen)


def tell_councils(
    topic: PolicyTopic, kind: str, event: AuditEvent, *, by: Person, councils: Iterable[Council] | None = None,
    more: str = "",
) -> None:  # fmt: skip
    """The secretary and the chair of each council, once per event."""
    for council in recipients.councils_of(topic) if councils is None else councils:
        cause = f"topic:{topic.pk}:{council.pk}:{event.pk}" + (f":{more}" if more else "")
        for person in recipients.leaders_of(council, but=by):
            post(kind, person, about=topic, cause=cause, council_id=council.pk)


def tell_other_side(talk: ThinkingAlong, cause: str, *, by: Person, at_authority: bool) -> None:
    if at_authority:
        tell_leaders(talk, "consultations.talk_recorded", cause, by=by)
        return
    for person in recipients.officers_of(talk.topic, but=by):
        post("consultations.talk_recorded", person, about=talk, cause=cause, authority_id=talk.authority_id)


def tell_leaders(talk: ThinkingAlong, kind: str, cause: str, *, by: Person) -> None:
    for person in recipients.leaders_of(talk.council, but=by):
        post(kind, person, about=talk, cause=cause, council_id=talk.council_id)
