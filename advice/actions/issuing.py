"""Issuing (uitbrengen): the number, the frozen letter, its copies and the messages, in one transaction."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from advice.actions.joint import check_joint
from advice.actions.linking import check_linked, lapse_answers
from advice.actions.steps import record_step
from advice.explaining import terms_used
from advice.frozen import digest, editorial_facts, final_text, with_own_views
from advice.last_check import Point, points_of_text
from advice.letter_text import (
    copy_facts,
    letter_text,
    mandate_facts,
    printed_term,
    response_terms,
    signatories_of,
)
from advice.models import AdoptedText, Advice, EditorialText, Letter, LetterCopy
from advice.numbers import SERIES, take_number
from advice.short_address import new_code
from advice.signing import signed
from advice.slips import OPINIONS, VOTES
from advice.states import AdviceState, LetterStepKind
from advice.steps import clerks_of, for_municipality, newest
from advice.tasks import ask_to_render
from consultations.actions import accept, mark_advised
from consultations.models import CouncilRequest
from consultations.states import RequestState
from councils.models import Authority, Council
from councils.rulebook import Outcome
from councils.states import AuthorityRole, CouncilRole
from portal.access import Refused
from portal.audit import record
from portal.models import Message, Person
from portal.post import post, when_posted
from portal.states import MessageState

AHEAD = timedelta(days=31)  # so far ahead may a letter be dated
TO_MUNICIPAL_COUNCIL = re.compile(r"griffie|gemeenteraad", re.I)


@transaction.atomic
def issue(
    advice: Advice, *, by: Person, dated_on: date | None = None, place: str = "", looked_at: bool = False,
    signing: str = "",
) -> Letter:  # fmt: skip
    """Give the adopted text its number and send it. Again: the letter that is already there.

    `looked_at`: whoever sends it has looked at what may be personal or missing (advice.last_check). `signing`: with the
    pictures of signatures or with the day of adoption (advice.signing).
    """
    locked = Advice.objects.select_for_update(of=("self",)).select_related("council", "request__request")
    advice = locked.get(pk=advice.pk)
    if advice.state == AdviceState.ISSUED:
        return advice.letter
    if advice.state != AdviceState.ADOPTED:
        raise Refused(_("Only an advice that the council has adopted can be sent. First record the decision."))
    adopted, edited = final_text(advice)
    authorities = list(advice.authorities.select_related("office").order_by("name"))
    dated_on = dated_on or timezone.localdate()
    if adopted is None:
        raise Refused(_("There is no adopted text. Record the decision again."))
    if not authorities:
        raise Refused(_("Say first to which authority this advice goes."))
    check_date(dated_on, adopted)
    check_joint(advice, edited or adopted, dated_on)
    check_linked(advice)
    points = points_of_text(with_own_views(advice, (edited or adopted).text), advice.council)
    check_looked_at(points, looked_at)

    place = place or advice.council.place
    letter, copies = write_letter(advice, adopted, edited, authorities, dated_on, place, by, signing)
    advice.state = AdviceState.ISSUED
    advice.save(update_fields=["state"])
    record("letter.issued", letter, by=by)
    lapse_answers(letter, by=by)
    if points:
        record("letter.points_looked_at", letter, by=by)
    if advice.request:
        close_request(advice.request, by=by)
    for copy in copies:
        transaction.on_commit(lambda copy_id=copy.pk: ask_to_render(copy_id), robust=True)
    post_letter(letter, copies, by=by)
    return letter


def check_looked_at(points: Sequence[Point], looked_at: bool) -> None:
    if points and not looked_at:
        raise Refused(_("Look at these points first. Then tick that you have done so."), field="looked_at")


def check_date(dated_on: date, adopted: AdoptedText) -> None:
    if dated_on < adopted.decision.decided_on:
        raise Refused(_("The letter cannot be older than the decision."), field="dated_on")
    if dated_on > timezone.localdate() + AHEAD:
        raise Refused(_("This date is too far ahead."), field="dated_on")


def write_letter(
    advice: Advice, adopted: AdoptedText, edited: EditorialText | None, authorities: Sequence[Authority],
    dated_on: date, place: str, by: Person, signing: str = "",
) -> tuple[Letter, list[LetterCopy]]:  # fmt: skip
    """The second freeze, of the newest editorial text if there is one. The number is taken here, as late as can be:
    its counter is locked until the end."""
    final = with_own_views(advice, (edited or adopted).text)
    council = advice.council
    councils = [council, *advice.joint_with.order_by("name")]
    terms = response_terms(councils, advice.document, dated_on, relation=advice.relation)
    facts = [copy_facts(one, final, your_reference=reference_of(one, advice)) for one in authorities]
    signatories = signatories_of(advice, final, on=dated_on)
    serial, reference = take_number(council, dated_on)
    text = letter_text(
        final, councils=councils, copies=facts, reference=reference, dated_on=dated_on, place=place,
        signatories=signatories, terms=[printed_term(one, outcome) for one, outcome in terms],
    )  # fmt: skip
    text["adopted_sha256"] = adopted.sha256
    text["glossary"] = terms_used(text, council)
    adopted_on = adopted.decision.decided_on
    text.update(signed(signatories, council, on=dated_on, adopted_on=adopted_on, signing=signing))
    text.update(editorial_facts(adopted, edited) | mandate_facts(adopted, council))
    letter = Letter.objects.create(
        advice=advice, council=council, series=SERIES, year=dated_on.year, serial=serial, reference=reference,
        slug=free_slug(council, reference), dated_on=dated_on, subject=final.get("subject") or advice.subject,
        text=text, sha256=digest(text), concerns=advice.concerns, relation=advice.relation, issued_by=by,
        code=new_code(),
    )  # fmt: skip
    own = next((outcome for one, outcome in terms if one == council), None)
    pairs = zip(authorities, facts, strict=True)
    return letter, [make_copy(letter, authority, its_facts, own) for authority, its_facts in pairs]


def make_copy(letter: Letter, authority: Authority, facts: dict[str, Any], term: Outcome | None) -> LetterCopy:
    return LetterCopy.objects.create(
        letter=letter,
        council=letter.council,
        authority=authority,
        addressee=facts["addressee"],
        your_reference=facts["your_reference"],
        response_due_on=term.day if term else None,
        response_article=(term.article or "") if term else "",
        response_steps=[{"label": step.label, "text": step.text, "article": step.article} for step in term.steps]
        if term
        else [],
    )


def reference_of(authority: Authority, advice: Advice) -> str:
    """Their own reference is for the authority that asked, not for the others."""
    if advice.concerns_id:
        copies = LetterCopy.objects.filter(letter=advice.concerns_id, authority=authority)
        return advice.your_reference or copies.values_list("your_reference", flat=True).first() or ""
    request = advice.request.request if advice.request else None
    if request and request.authority_id != authority.pk:
        return ""
    return advice.your_reference or (request.reference if request else "")


def free_slug(council: Council, reference: str) -> str:
    base = slugify(reference)[:90] or "brief"
    taken = set(Letter.objects.filter(council=council, slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in candidates(base) if slug not in taken)


def candidates(base: str) -> Iterator[str]:
    yield base
    number = 1
    while True:
        number += 1
        yield f"{base}-{number}"


def close_request(council_request: CouncilRequest, *, by: Person) -> None:
    """The request is answered; who never accepted it in so many words did so by answering."""
    if council_request.state == RequestState.SUBMITTED:
        accept(council_request, by=by)
    mark_advised(council_request, by=by)


# --- who gets it ------------------------------------------------------------


def post_letter(letter: Letter, copies: Sequence[LetterCopy], *, by: Person) -> None:
    cause = f"letter:{letter.pk}"
    for copy in copies:
        to = office_of(copy.authority, by=by)
        post("advice.letter", to, about=copy, cause=cause, council_id=letter.council_id, authority_id=copy.authority_id)
    for line in letter.text.get("copy_to", []):
        to, copy = copy_recipient(line, copies)
        post("advice.letter_copy", to, about=copy, cause=cause, council_id=letter.council_id)
    for council in [letter.council, *letter.advice.joint_with.order_by("pk")]:
        secretaries = council.memberships.current().filter(role=CouncilRole.SECRETARY).select_related("person")
        for person in {membership.person for membership in secretaries}:
            if person.reachable_by_email:
                post("advice.letter_receipt", person, about=letter, cause=cause, council_id=council.pk)


def office_of(authority: Authority, *, by: Person) -> Person:
    """Its mailbox or, where none is known, the body itself: then the letter goes on paper."""
    if authority.office is None:
        authority.office = Person.objects.create(name=authority.addressee, is_office=True)
        authority.save(update_fields=["office"])
        record("authority.office_made", authority, by=by)
    return authority.office


def copy_recipient(line: str, copies: Sequence[LetterCopy]) -> tuple[Person, LetterCopy]:
    """The clerk for the municipal council, if the portal knows an address; else the name, for the print run. With the
    copy that they get: the clerk that of the own authority."""
    if TO_MUNICIPAL_COUNCIL.search(line):
        for copy in copies:
            clerks = copy.authority.appointments.current().filter(role=AuthorityRole.CLERK).select_related("person")
            for appointment in clerks.order_by("pk"):
                if appointment.person.reachable_by_email:
                    return appointment.person, copy
    name = line[:200]
    known = Person.objects.filter(is_office=True, name=name, email="", office_of=None).order_by("pk").first()
    return known or Person.objects.create(name=name, is_office=True), copies[0]


# --- on paper ---------------------------------------------------------------


@transaction.atomic
def mark_posted(council: Council, message_ids: Sequence[int], *, by: Person, posted_on: date | None = None) -> int:
    """The secretary has put these letters and slips in the post, on that day or today. Returns how many; those already
    marked do not count."""
    posted_on = posted_on or timezone.localdate()
    kinds = ["advice.letter", "advice.letter_copy", "advice.ladder", *VOTES, *OPINIONS]
    on_paper = Message.objects.to_print().filter(council_id=council.pk, pk__in=message_ids, kind__in=kinds)
    messages = list(on_paper.select_for_update(of=("self",)))
    for message in messages:
        message.state, message.posted_on = MessageState.POSTED, posted_on
        message.save(update_fields=["state", "posted_on"])
        record("letter.posted", message, by=by)
    record_posted(messages, posted_on, by=by)
    return len(messages)


@when_posted("advice.letter", "advice.letter_copy")
def record_posted(messages: Sequence[Message], day: date, *, by: Person, by_mail: bool = False) -> None:
    """The proof of sending, on each copy that went: to the authority, or to its municipal council."""
    letters = [message for message in messages if message.kind in ("advice.letter", "advice.letter_copy")]
    copies = LetterCopy.objects.select_related("letter", "authority").in_bulk([one.about_id for one in letters])
    for message in letters:
        try:
            record_on_copy(message, copies[message.about_id], day, by=by, by_mail=by_mail)
        except Refused as refused:
            raise Refused(str(refused), field="posted_on") from refused


def record_on_copy(message: Message, copy: LetterCopy, day: date, *, by: Person, by_mail: bool = False) -> None:
    if message.kind == "advice.letter":
        if by_mail and newest(copy, LetterStepKind.POSTED):
            return
        channel = _("By e-mail") if by_mail else ""
        record_step(copy, LetterStepKind.POSTED, happened_on=day, channel=channel, by=by, by_council=True)
    elif is_municipal_council(message.person, copy) and newest(copy, LetterStepKind.MUNICIPAL_COUNCIL) is None:
        record_step(
            copy, LetterStepKind.MUNICIPAL_COUNCIL, happened_on=day,
            channel=_("By e-mail") if by_mail else _("By post"),
            note=_("to %(name)s") % {"name": message.person.name}, by=by, by_council=True,
        )  # fmt: skip


def is_municipal_council(person: Person, copy: LetterCopy) -> bool:
    """Its clerk, or a name in the list of copies that says so."""
    if not for_municipality(copy):
        return False
    return bool(TO_MUNICIPAL_COUNCIL.search(person.name)) or clerks_of(copy.authority_id).filter(person=person).exists()


@transaction.atomic
def send_on_paper(message: Message, *, by: Person) -> None:
    """The mail was refused: print this letter instead."""
    message = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    if message.state not in (MessageState.REFUSED, MessageState.BOUNCED):
        raise Refused(_("This letter is not waiting for another way."))
    message.state, message.sent_at, message.bounced_at = MessageState.PAPER, None, None
    message.save(update_fields=["state", "sent_at", "bounced_at"])
    record("letter.on_paper", message, by=by)
