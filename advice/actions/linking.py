"""A letter about an earlier one: to supplement it, correct it, withdraw it, or reply to the answer to it.

The first letter stays as it was sent. The new one is written, decided on and sent as every advice.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from advice.actions.drafting import fill_in
from advice.linked import overtaken_by
from advice.models import (
    Advice,
    Answer,
    AnswerMark,
    Attachment,
    Letter,
    MinorityView,
    Question,
    Recommendation,
    Response,
    Section,
    Source,
)
from advice.states import (
    NOT_GONE_YET,
    OVERTAKES,
    DocumentKind,
    Mark,
    Relation,
    ResponseState,
    SourceKind,
)
from consultations.models import Activity, RequestDocument
from councils.models import Authority
from portal.access import Refused
from portal.audit import record
from portal.models import Person
from portal.pdf import text_html
from portal.text import clean_html

# A letter is Dutch content, whatever the language of the interface.
SUBJECTS = {
    Relation.SUPPLEMENT: "Aanvulling op brief {reference}: {subject}",
    Relation.CORRECTION: "{subject} (verbeterde brief)",
    Relation.WITHDRAWAL: "Intrekking van brief {reference}: {subject}",
    Relation.COUNTER_RESPONSE: "Ons antwoord op uw reactie op brief {reference}: {subject}",
}
DOCUMENTS = {
    Relation.SUPPLEMENT: DocumentKind.SUPPLEMENT,
    Relation.WITHDRAWAL: DocumentKind.SUPPLEMENT,
    Relation.COUNTER_RESPONSE: DocumentKind.COUNTER_RESPONSE,
}
WHY_WITHDRAWN = ("Waarom wij deze brief intrekken", "Wat klopt er niet meer? Wat geldt er nu?")
SAME_AS_FIRST = ["topic", "kind", "laws", "language", "attention_of"]
COPIED_IN_CORRECTION = ["tenor", "plain_summary", "consulted"]


@transaction.atomic
def start_linked(letter: Letter, relation: str, *, by: Person) -> Advice:
    """A draft about this letter, with what it begins with. Of what ends a letter there is one at a time."""
    first = Advice.objects.select_for_update(of=("self",)).select_related("council").get(pk=letter.advice_id)
    relation = check_relation(letter, relation)
    refuse_when_overtaken(letter, relation)
    check_open_drafts(letter, relation)
    advice = Advice.objects.create(
        council=first.council, concerns=letter, relation=relation,
        document=DOCUMENTS.get(relation) or letter.text.get("document") or first.document,
        subject=SUBJECTS[relation].format(reference=letter.reference, subject=letter.subject)[:200],
        created_by=by, **{name: getattr(first, name) for name in SAME_AS_FIRST},
    )  # fmt: skip
    fill_in(advice, addressees(letter, relation), by=by)
    advice.joint_with.set(first.joint_with.all())
    if relation == Relation.CORRECTION:
        copy_text(letter, first, advice)
    elif relation == Relation.WITHDRAWAL:
        begin_with(advice, [WHY_WITHDRAWN])
    elif relation == Relation.COUNTER_RESPONSE:
        begin_with(advice, list(parts_of_reply(letter)))
    return advice


# --- guards -----------------------------------------------------------------


def check_relation(letter: Letter, relation: str) -> Relation:
    if relation not in Relation.values:
        raise Refused(_("Choose what you want to do with this letter."), field="relation")
    relation = Relation(relation)
    if letter.relation == Relation.WITHDRAWAL and relation in OVERTAKES:
        raise Refused(_("This letter withdraws another one. You can only supplement it."))
    if relation == Relation.COUNTER_RESPONSE and not answers_to(letter).exists():
        raise Refused(_("There is no answer to this letter yet."))
    return relation


def refuse_when_overtaken(letter: Letter, relation: str) -> None:
    """A letter that was withdrawn or replaced is over: only to an answer that came one can still reply."""
    later = overtaken_by(letter)
    if later is None or relation == Relation.COUNTER_RESPONSE:
        return
    facts = {"reference": letter.reference, "later": later.reference}
    if later.relation == Relation.WITHDRAWAL:
        raise Refused(_("Letter %(reference)s was withdrawn already, with letter %(later)s.") % facts)
    raise Refused(_("Letter %(later)s took the place of letter %(reference)s. Look at that one.") % facts)


def check_open_drafts(letter: Letter, relation: str) -> None:
    same = OVERTAKES if relation in OVERTAKES else {relation}
    if letter.drafts_about.filter(relation__in=same, state__in=NOT_GONE_YET).exists():
        raise Refused(_("There already is a draft for this. Go on with that one."))


def answers_to(letter: Letter) -> Any:
    return Response.objects.filter(copy__letter=letter, state=ResponseState.FINAL)


def why_not(letter: Letter, relation: str) -> str:
    """Why this cannot be started now, or nothing."""
    try:
        refuse_when_overtaken(letter, check_relation(letter, relation))
        check_open_drafts(letter, relation)
    except Refused as refused:
        return str(refused)
    return ""


# --- what the draft begins with ---------------------------------------------


def addressees(letter: Letter, relation: str) -> list[Authority]:
    """Who got the first letter; a reply goes to who answered."""
    copies = letter.copies.all()
    if relation == Relation.COUNTER_RESPONSE:
        copies = copies.filter(response__state=ResponseState.FINAL)
    return list(Authority.objects.filter(letter_copies__in=copies))


def begin_with(advice: Advice, parts: list[tuple[str, ...]]) -> None:
    """Heading, hint, and maybe a text; without any part the draft keeps those of its kind of letter."""
    if not parts:
        return
    advice.sections.all().delete()
    for position, (heading, hint, *text) in enumerate(parts, 1):
        Section.objects.create(
            advice=advice, council_id=advice.council_id, position=position, heading=heading[:200], hint=hint,
            text=text[0] if text else "",
        )  # fmt: skip


def parts_of_reply(letter: Letter) -> Iterator[tuple[str, str, str]]:
    """One for each answer that the council found no answer, or only in part, with the reply that it wrote there."""
    given = Answer.objects.filter(response__in=answers_to(letter)).select_related("response__authority", "mark")
    marked = given.filter(mark__mark__in=[Mark.PARTLY, Mark.NOT_ANSWERED])
    several = letter.copies.count() > 1
    for answer in marked.order_by("number", "response__authority__name"):
        heading = f"Aanbeveling {answer.number}"
        if several:
            heading += f", {answer.response.authority.name}"
        mark: AnswerMark = answer.mark
        said = f"U schreef: {answer.motivation.strip()}" if answer.motivation.strip() else "U gaf geen reden."
        yield heading, f"{said} Wat missen wij in dit antwoord?", clean_html(text_html(mark.note))


def copy_text(letter: Letter, first: Advice, advice: Advice) -> None:
    """The text as it was sent, to be corrected. Other views stay with who wrote them."""
    for name in COPIED_IN_CORRECTION:
        setattr(advice, name, letter.text.get(name) or getattr(first, name))
    advice.consulted = list(first.consulted)  # what recommendations rest on comes by itself
    advice.salutation = letter.text.get("salutation") or advice.salutation
    advice.copy_to = letter.text.get("copy_to") or advice.copy_to
    advice.imported_request = letter.text.get("request")
    advice.save(update_fields=[*COPIED_IN_CORRECTION, "salutation", "copy_to", "imported_request"])
    advice.sections.all().delete()
    own: dict[str, Any] = {"advice": advice, "council_id": advice.council_id}
    for position, part in enumerate(letter.text.get("sections") or [], 1):
        html = part.get("html") or text_html(part.get("text", ""))
        Section.objects.create(position=position, heading=part.get("heading", "")[:200], text=clean_html(html), **own)
    for place, part in enumerate(letter.text.get("recommendations") or [], 1):
        copy_recommendation(part, place, advice)
    for number, text in enumerate(letter.text.get("questions") or [], 1):
        Question.objects.create(number=number, text=text, **own)
    for view in first.minority_views.exclude(text="").order_by("pk"):
        MinorityView.objects.create(
            by=view.by, text=view.text, author=view.author, entered_by=view.entered_by, channel=view.channel, **own
        )
    for one in first.attachments.all():
        Attachment.objects.create(position=one.position, title=one.title, text=one.text, document=one.document, **own)


def copy_recommendation(part: dict[str, Any], place: int, advice: Advice) -> None:
    made = Recommendation.objects.create(
        advice=advice, council_id=advice.council_id, number=place, text=part.get("text", ""),
        reason=part.get("reason", ""), refers_to=part.get("refers_to", ""),
    )  # fmt: skip
    heard = [one["public_id"] for one in part.get("rests_on") or [] if isinstance(one, dict) and one.get("public_id")]
    made.rests_on.set(Activity.objects.filter(council_id=advice.council_id, public_id__in=heard))
    for position, source in enumerate(part.get("sources") or [], 1):
        paper = paper_of(source, advice)
        kind = SourceKind.REQUEST_DOCUMENT if paper else SourceKind.LINK if source.get("url") else SourceKind.OTHER
        Source.objects.create(
            recommendation=made, council_id=advice.council_id, position=position, kind=kind, title=source["title"],
            place=source.get("place", ""), url=source.get("url", ""), request_document=paper,
        )  # fmt: skip


def paper_of(source: dict[str, str], advice: Advice) -> RequestDocument | None:
    if not source.get("document"):
        return None
    of_council = RequestDocument.objects.filter(request__to_councils__council=advice.council_id)
    return of_council.filter(document__public_id=source["document"]).order_by("pk").first()


# --- when it is sent --------------------------------------------------------


def check_linked(advice: Advice) -> None:
    """The letter that it is about is still what it was when this was started; held until the end."""
    if advice.concerns is None:
        return
    Advice.objects.select_for_update().get(pk=advice.concerns.advice_id)
    refuse_when_overtaken(advice.concerns, advice.relation)


def lapse_answers(letter: Letter, *, by: Person) -> None:
    """Of a letter that is withdrawn or replaced no answer is awaited any more. A draft of the authority stays."""
    if letter.concerns is None or letter.relation not in OVERTAKES:
        return
    for copy in letter.concerns.copies.order_by("pk"):
        Response.objects.get_or_create(
            copy=copy, defaults={"council_id": copy.council_id, "authority_id": copy.authority_id, "entered_by": by}
        )
        response = Response.objects.select_for_update().get(copy=copy)
        if response.state == ResponseState.DRAFT:
            response.state = ResponseState.LAPSED
            response.save(update_fields=["state"])
            record("response.lapsed", response, by=by)


def refuse_lapsed(response: Response, *, dated_on: date | None = None) -> None:
    """The authority answers the newer letter, or none. What it wrote before that one is still put on file, with the
    day of its letter."""
    if response.state != ResponseState.LAPSED:
        return
    later = overtaken_by(response.copy.letter)
    if later is None or (dated_on and dated_on < later.dated_on):
        return
    facts = {"later": later.reference, "council": later.council.name}
    if later.relation == Relation.WITHDRAWAL:
        raise Refused(_("%(council)s withdrew this letter, with letter %(later)s. No answer is needed.") % facts)
    raise Refused(_("Letter %(later)s took the place of this letter. Answer that one.") % facts)
