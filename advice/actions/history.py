"""History (oude brieven): letters from before the portal. No mail, no decision; the original file is the record."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from advice.actions.originals import Originals, keep_attachments, keep_pdfs, slug_for
from advice.brought import Brought
from advice.frozen import digest
from advice.interchange import FaultyFile, check, frozen_from, html_of, interchange, lacks_reason, text_out
from advice.letter_text import copy_facts, letter_text
from advice.models import (
    Advice,
    Answer,
    Attachment,
    Commitment,
    ImportedFile,
    Letter,
    LetterCopy,
    MinorityView,
    Publication,
    Question,
    Recommendation,
    Response,
    Section,
    Signatory,
)
from advice.numbers import SERIES, pattern_behind, raise_counter
from advice.states import AdviceKind, AdviceState, DocumentKind, ResponseState, Tenor
from councils.actions.rulebooks import free_slug as free_address
from councils.models import Authority, Council, ServedBody
from councils.rulebook.schema import Fault
from portal.access import Refused
from portal.audit import record
from portal.documents import keep_upload
from portal.models import Document, Person

CREATED, COMPLETED, UNCHANGED = "created", "completed", "unchanged"


@dataclass
class Imported:
    """What came of a file: its advice, created, completed (with answers) or unchanged, and what else was made."""

    advice: Advice
    result: str
    notes: list[str] = field(default_factory=list)


# --- one letter by the form -------------------------------------------------


@transaction.atomic
def add_history(
    council: Council, *, original: UploadedFile, reference: str, dated_on: date, subject: str, authority: Authority,
    by: Person, kind: str = AdviceKind.SOLICITED, document: str = DocumentKind.ADVICE,
) -> Letter:  # fmt: skip
    """Put a letter on file as it is. The PDF that was sent is the record."""
    Council.objects.select_for_update().get(pk=council.pk)  # two of the same at once
    if dated_on > timezone.localdate():
        raise Refused(_("This day is still to come."), field="dated_on")
    if not (original.name or "").lower().endswith(".pdf"):
        raise Refused(_("Choose the letter as a PDF file."), field="original")
    refuse_known(council, reference)
    try:
        kept = keep_upload(original, by=by, council_id=council.pk)
    except Refused as refused:
        raise Refused(str(refused), field="original") from refused
    advice = Advice.objects.create(
        council=council, kind=kind, document=document, subject=subject, state=AdviceState.ISSUED, created_by=by
    )
    advice.authorities.add(authority)
    adopted = frozen_from(
        {
            "councils": [council.name], "authorities": [authority.name], "kind": kind, "document": document,
            "subject": subject, "sections": [],
        }
    )  # fmt: skip
    return write_history(
        advice, adopted, [authority], reference=reference, dated_on=dated_on, place="", original=kept, by=by
    )


def refuse_known(council: Council, reference: str) -> None:
    if Letter.objects.filter(council=council, reference=reference).exists():
        message = _("There is a letter with the reference %(reference)s already.") % {"reference": reference}
        raise Refused(message, field="reference")


def write_history(
    advice: Advice, adopted: dict[str, Any], authorities: Sequence[Authority], *, reference: str, dated_on: date,
    place: str, original: Document | None, by: Person | None, brought: Brought | None = None,
) -> Letter:  # fmt: skip
    council, brought = advice.council, brought or Brought()
    councils = [council, *advice.joint_with.order_by("name")]
    yours = adopted.get("your_reference", "")
    facts = [
        copy_facts(authority, adopted, your_reference=yours) | brought.copy_facts(authority.name)
        for authority in authorities
    ]
    adopted, earlier = brought.richer(adopted), earlier_letter(council, brought)
    text = letter_text(
        adopted, councils=councils, copies=facts, reference=reference, dated_on=dated_on, place=place,
        signatories=adopted.get("signatories", []), terms=[],
    )  # fmt: skip
    text["senders"] = brought.senders(text["councils"]) or text["senders"]
    letter = Letter.objects.create(
        advice=advice, council=council, series=SERIES, year=dated_on.year, serial=None, reference=reference,
        slug=slug_for(council, reference, brought.slug), dated_on=dated_on, subject=advice.subject, text=text,
        sha256=digest(text), imported=True, original=original, issued_by=by, concerns=earlier,
        relation=brought.concerns["relation"] if earlier else "",
    )  # fmt: skip
    for authority, its_facts in zip(authorities, facts, strict=True):
        LetterCopy.objects.create(
            letter=letter, council=council, authority=authority, addressee=its_facts["addressee"],
            your_reference=its_facts["your_reference"],
        )  # fmt: skip
    raise_counter(council, reference, dated_on)
    record("letter.added_to_history", letter, by=by)
    return letter


def earlier_letter(council: Council, brought: Brought) -> Letter | None:
    """The letter that this one supplements, corrects or takes back."""
    return Letter.objects.filter(council=council, reference=brought.concerns.get("reference", "")).first()


# --- files of the interchange form ------------------------------------------


@transaction.atomic
def import_advice(
    content: dict[str, Any], *, folder: Path | None = None, create_missing: bool = False, by: Person | None = None,
    brought: Brought | None = None,
) -> Imported:  # fmt: skip
    """Take a file in: with a reference as issued history, without one as a draft. Never mails.

    The same file twice changes nothing. A file with a known reference must have the same text; answers and a
    publication that are not known yet are added. `folder` is where the originals stand that the file names; `brought`
    is what an export has beside it.
    """
    check(content)
    brought = brought or Brought()
    sha256 = digest(content)
    known = ImportedFile.objects.filter(sha256=sha256).select_related("advice__council").first()
    if known:
        return Imported(known.advice, UNCHANGED)
    notes: list[str] = []
    councils, authorities = parties(content, create_missing=create_missing, notes=notes, by=by, slugs=brought.slugs)
    Council.objects.select_for_update().get(pk=councils[0].pk)  # two of the same at once
    reference = content.get("reference", "").strip()
    letter = Letter.objects.filter(council=councils[0], reference=reference).first() if reference else None
    originals = Originals(folder, council=councils[0], by=by)
    if letter:
        same_text_or_refuse(letter, content)
        if not letter.imported:
            return Imported(letter.advice, UNCHANGED)
        result = COMPLETED
    else:
        advice = write_advice(content, councils, authorities, originals, by)
        if reference:
            adopted = frozen_from(content)
            adopted["attachments"] = keep_attachments(advice, adopted["attachments"], brought, originals)
            letter = write_history(
                advice, adopted, authorities, reference=reference,
                dated_on=date.fromisoformat(content["date"]), place=content.get("place", ""),
                original=originals.letter(content.get("original")), by=by, brought=brought,
            )  # fmt: skip
            keep_pdfs(letter, brought, originals)
        else:
            write_draft(advice, content)
            record("advice.imported", advice, by=by)
        result = CREATED
    if letter:
        added = add_responses(letter, content, originals, by) + add_publication(letter, content, by)
        advice = letter.advice
        result = UNCHANGED if result == COMPLETED and not added else result
    ImportedFile.objects.create(council=councils[0], advice=advice, sha256=sha256, content=content, imported_by=by)
    return Imported(advice, result, notes)


def parties(
    content: dict[str, Any], *, create_missing: bool, notes: list[str], by: Person | None, slugs: dict[str, str],
) -> tuple[list[Council], list[Authority]]:  # fmt: skip
    """The councils and authorities by name, made when asked for."""
    councils = {council.name: council for council in Council.objects.filter(name__in=content["councils"])}
    authorities = {one.name: one for one in Authority.objects.filter(name__in=content["authorities"])}
    unknown = [name for name in content["councils"] if name not in councils]
    unknown_too = [name for name in content["authorities"] if name not in authorities]
    if (unknown or unknown_too) and not create_missing:
        places = [("$.councils", name) for name in unknown] + [("$.authorities", name) for name in unknown_too]
        named = [Fault(path, _("The portal does not know %(name)s.") % {"name": name}) for path, name in places]
        raise FaultyFile(named)
    for name in unknown:
        slug = free_address(Council, name)
        councils[name] = Council.objects.create(name=name, slug=slug, place=content.get("place", ""))
        record("council.created", councils[name], by=by)
        notes.append(_("New council: %(name)s.") % {"name": name})
    if content["councils"][0] in unknown:
        take_over_pattern(councils[content["councils"][0]], content, notes)
    for name in unknown_too:
        slug = slugs.get(name, "")
        if not slug or Authority.objects.filter(slug=slug).exists():
            slug = free_address(Authority, name)
        authorities[name] = Authority.objects.create(name=name, slug=slug)
        record("authority.created", authorities[name], by=by)
        notes.append(_("New authority: %(name)s.") % {"name": name})
    if unknown or unknown_too:
        for council in councils.values():
            for authority in authorities.values():
                if not ServedBody.objects.filter(council=council, authority=authority).exists():
                    served = ServedBody.objects.create(council=council, authority=authority)
                    record("served_body.created", served, by=by)
    return [councils[name] for name in content["councils"]], [authorities[name] for name in content["authorities"]]


def take_over_pattern(council: Council, content: dict[str, Any], notes: list[str]) -> None:
    """A council that comes in with its letters counts on in the way it did."""
    pattern = pattern_behind(content.get("reference", ""), date.fromisoformat(content["date"]))
    if pattern:
        council.number_pattern = pattern
        council.save(update_fields=["number_pattern"])
        notes.append(_("Its letters are numbered as %(pattern)s.") % {"pattern": pattern})


def same_text_or_refuse(letter: Letter, content: dict[str, Any]) -> None:
    """The text of the letter stays what it was; only what came later may be new."""
    known = interchange(letter)
    coming = text_out(
        {**frozen_from(content), "place": content.get("place", "")}, reference=content["reference"].strip(),
        dated_on=content["date"], subject=content["subject"], authorities=content["authorities"],
    )  # fmt: skip
    if any(known.get(key) != coming.get(key) for key in {*known, *coming} - {"responses", "published_on"}):
        message = _("There is a letter with the reference %(reference)s already, with another text.")
        raise FaultyFile([Fault("$.reference", message % {"reference": letter.reference})])


def write_advice(
    content: dict[str, Any], councils: list[Council], authorities: list[Authority], originals: Originals,
    by: Person | None,
) -> Advice:  # fmt: skip
    request = content.get("request")
    if request and request.get("original"):
        kept = originals.keep(request["original"], "$.request.original")
        request = {**request, "document": str(kept.public_id)}
    advice = Advice.objects.create(
        council=councils[0],
        kind=content["kind"],
        document=content["document"],
        tenor=content.get("tenor", Tenor.NONE),
        state=AdviceState.ISSUED if content.get("reference") else AdviceState.DRAFT,
        subject=content["subject"],
        laws=content.get("laws", []),
        attention_of=content.get("addressee", ""),
        your_reference=content.get("your_reference", ""),
        salutation=content.get("salutation", ""),
        plain_summary=content.get("plain_summary", ""),
        consulted=content.get("consulted", []),
        copy_to=content.get("copy_to", []),
        language=content.get("language", "nl"),
        imported_request=request,
        created_by=by,
    )
    advice.joint_with.set(councils[1:])
    advice.authorities.set(authorities)
    for number, attachment in enumerate(content.get("attachments", []), 1):
        Attachment.objects.create(advice=advice, council=councils[0], position=number, **attachment)
    return advice


def write_draft(advice: Advice, content: dict[str, Any]) -> None:
    """The parts that the council writes on. Of an issued letter only the frozen text counts."""
    own = {"advice": advice, "council": advice.council}
    for number, part in enumerate(content["sections"], 1):
        Section.objects.create(position=number, heading=part["heading"], text=html_of(part["text"]), **own)
    for number, part in enumerate(content.get("recommendations", []), 1):
        Recommendation.objects.create(number=number, **part, **own)
    for number, question in enumerate(content.get("questions", []), 1):
        Question.objects.create(number=number, text=question, **own)
    for view in content.get("minority_views", []):
        MinorityView.objects.create(**view, **own)
    for number, signatory in enumerate(content.get("signatories", []), 1):
        Signatory.objects.create(position=number, **signatory, **own)


def add_responses(letter: Letter, content: dict[str, Any], originals: Originals, by: Person | None) -> int:
    """The answers that are not on file yet."""
    added = 0
    copies = {copy.authority.name: copy for copy in letter.copies.select_related("authority")}
    for number, part in enumerate(content.get("responses", [])):
        copy = copies[part["authority"]]
        if Response.objects.filter(copy=copy).exists():
            continue
        original = part.get("original")
        response = Response.objects.create(
            copy=copy, council=letter.council, authority=copy.authority, state=ResponseState.FINAL, registered=True,
            dated_on=day(part["date"]), decided_on=day(part.get("decided_on")), reference=part.get("reference", ""),
            text=part.get("text", ""), given_at=noon(part["date"]), entered_by=by,
            original=originals.keep(original, f"$.responses[{number}].original") if original else None,
        )  # fmt: skip
        for answer in part["answers"]:
            write_answer(response, answer)
        record("response.imported", response, by=by)
        added += 1
    return added


def write_answer(response: Response, part: dict[str, Any]) -> None:
    answer = Answer.objects.create(
        response=response,
        number=part["recommendation"],
        verdict=part["verdict"],
        motivation=part.get("motivation", ""),
        decide_by=day(part.get("decide_by")),
        no_reason_given=part.get("no_reason_given", False) or lacks_reason(part),
    )
    promised = part.get("commitment")
    if promised:
        Commitment.objects.create(
            answer=answer, council=response.council, authority=response.authority, text=promised["text"],
            owner=promised.get("owner", ""), due_on=day(promised["due"]),
        )  # fmt: skip


def add_publication(letter: Letter, content: dict[str, Any], by: Person | None) -> int:
    published_on = day(content.get("published_on"))
    if not published_on or Publication.objects.filter(letter=letter).exists():
        return 0
    reason = "" if letter.text.get("plain_summary") else "Openbaar gemaakt voordat het portaal er was."
    Publication.objects.create(
        letter=letter, council=letter.council, published_on=published_on, published_by=by, without_summary_reason=reason
    )
    record("letter.published", letter, by=by)
    return 1


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def noon(text: str) -> datetime:
    return timezone.make_aware(datetime.combine(date.fromisoformat(text), time(12)))
