"""The text of an advice as plain data: what the council adopts, what is hashed, and what a letter is made of.

Only what the reader of the letter gets. No votes, no comments, no names of who was heard. Dutch, as the letter is.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from typing import Any

from advice.linked import first_of
from advice.models import AdoptedText, Advice, Attachment, EditorialText, Recommendation, Source
from advice.states import AdviceState
from advice.typed import Block, blocks_of
from consultations.models import Activity
from consultations.states import Form
from portal.pdf.words import dutch_date

FORMS = {
    Form.NEIGHBOURHOOD_TABLE: "wijktafel",
    Form.PANEL: "panel",
    Form.DIALOGUE_SESSION: "dialoogsessie",
    Form.CONVERSATION: "gesprek",
    Form.SURVEY: "enquête",
    Form.MESSAGE: "signaal",
}
A_COUNT = re.compile(r"^\d+\s+")


def frozen_text(advice: Advice) -> dict[str, Any]:
    """Everything that is adopted. Dates are ISO strings; a key is always there, empty when there is nothing to say."""
    recommendations = list(advice.recommendations.prefetch_related("rests_on", "sources__request_document__document"))
    return {
        "councils": [advice.council.name, *(council.name for council in advice.joint_with.order_by("name"))],
        "authorities": [authority.name for authority in advice.authorities.order_by("name")],
        "kind": advice.kind,
        "document": advice.document,
        "tenor": advice.tenor,
        "subject": advice.subject,
        "laws": list(advice.laws),
        "plain_summary": advice.plain_summary,
        "salutation": advice.salutation,
        "attention_of": advice.attention_of,
        "your_reference": advice.your_reference,
        "request": request_of(advice),
        "sections": [  # a heading without a text was a hint to its writers
            {"heading": section.heading, "html": section.text} for section in advice.sections.all() if section.text
        ],
        "recommendations": [recommendation_of(recommendation) for recommendation in recommendations],
        "questions": [question.text for question in advice.questions.all()],
        "minority_views": other_views(advice),
        "consulted": consulted(advice, recommendations),
        "signatories": [{"name": signatory.name, "role": signatory.role} for signatory in advice.signatories.all()],
        "copy_to": list(advice.copy_to),
        "attachments": [attachment_of(attachment) for attachment in advice.attachments.select_related("document")],
        "language": advice.language,
        **first_of(advice),
    }


def final_text(advice: Advice) -> tuple[AdoptedText | None, EditorialText | None]:
    """What the council adopted last, and its newest editorial version if there is one: that is what is sent."""
    adopted = advice.adopted_texts.select_related("decision").order_by("-pk").first()
    edited = adopted.editorial_texts.select_related("made_by").order_by("-pk").first() if adopted else None
    if adopted and edited and edited.sha256 == adopted.sha256:  # the words were put back
        edited = None
    return adopted, edited


def editorial_facts(adopted: AdoptedText, edited: EditorialText | None) -> dict[str, Any]:
    """What a letter tells of it: on which day the text was adopted that was edited, and both hashes."""
    if edited is None:
        return {}
    day = adopted.decision.decided_on.isoformat()
    return {"editorial": {"adopted_on": day}, "editorial_sha256": edited.sha256}


def text_now(advice: Advice) -> dict[str, Any]:
    """The text as it stands: of a draft what is written, after adoption what was adopted or sent."""
    if advice.state == AdviceState.ISSUED and hasattr(advice, "letter"):
        return advice.letter.text
    adopted, edited = final_text(advice) if advice.state == AdviceState.ADOPTED else (None, None)
    final = edited or adopted
    return final.text if final else frozen_text(advice)


def other_views(advice: Advice) -> list[dict[str, str]]:
    """One that its author took back is empty."""
    return [{"by": view.by, "text": view.text} for view in advice.minority_views.exclude(text="").order_by("pk")]


def with_own_views(advice: Advice, adopted: dict[str, Any]) -> dict[str, Any]:
    """The adopted text for the letter: its authors may change their other views until it goes, nobody else may."""
    if not advice.minority_views.exclude(author=None).exists():
        return adopted
    return {**adopted, "minority_views": other_views(advice)}


def attachment_of(attachment: Attachment) -> dict[str, Any]:
    """A text, or a file that is named with its SHA-256."""
    found: dict[str, Any] = {"title": attachment.title, "text": attachment.text}
    if attachment.document:
        found["file"] = {
            "public_id": str(attachment.document.public_id),
            "name": attachment.document.name,
            "sha256": attachment.document.sha256,
        }
    return found


def request_of(advice: Advice) -> dict[str, Any] | None:
    """The request that this answers, in the words of the authority."""
    if advice.request is None:
        return advice.imported_request
    request = advice.request.request
    return {
        "date": (request.letter_date or advice.request.received_on).isoformat(),
        "reference": request.reference,
        "subject": request.subject,
        "questions": list(request.questions),
        "wanted_by": request.wanted_on.isoformat() if request.wanted_on else None,
        "short_notice": advice.request.short_notice,
    }


def recommendation_of(recommendation: Recommendation) -> dict[str, Any]:
    return {
        "number": recommendation.number,
        "text": recommendation.text,
        "reason": recommendation.reason,
        "refers_to": recommendation.refers_to,
        "rests_on": [
            {"public_id": str(activity.public_id), "label": activity_label(activity)}
            for activity in in_order(recommendation.rests_on.all())
        ],
        "sources": [source_of(source) for source in recommendation.sources.all()],
    }


def source_of(source: Source) -> dict[str, str]:
    """With the document of the request that it is, to see later whether that is still there."""
    document = source.request_document.document if source.request_document else None
    return {
        "title": source.title, "place": source.place, "url": source.url,
        "document": str(document.public_id) if document else "",
    }  # fmt: skip


def consulted(advice: Advice, recommendations: Iterable[Recommendation]) -> list[str]:
    heard = {activity for recommendation in recommendations for activity in recommendation.rests_on.all()}
    labels = (activity_label(activity) for activity in in_order(heard))
    return list(dict.fromkeys([*advice.consulted, *(sentence(label) for label in labels)]))


def in_order(activities: Iterable[Activity]) -> list[Activity]:
    return sorted(activities, key=lambda activity: (activity.held_on, activity.pk))


def activity_label(activity: Activity) -> str:
    """In neutral words, without a place or a day: "gesprek met 11 mantelzorgers, mei 2026"."""
    form = FORMS[Form(activity.form)]
    month = dutch_date(activity.held_on).split(" ", 1)[1]
    joined = {Form.SURVEY: "onder", Form.MESSAGE: "van"}.get(Form(activity.form), "met")
    group = activity.group[:1].lower() + activity.group[1:] if activity.group else "mensen" if activity.count else ""
    if activity.count and not A_COUNT.match(group):
        group = f"{activity.count} {group}"
    return f"{form} {joined} {group}, {month}" if group else f"{form}, {month}"


def sentence(label: str) -> str:
    return label[:1].upper() + label[1:]


def digest(text: dict[str, Any]) -> str:
    """SHA-256 of the canonical JSON: the same text has the same digest on every machine."""
    canonical = json.dumps(text, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def plain(html: str) -> str:
    """HTML of a section as the interchange file holds it: paragraphs with an empty line between, '- ' for an item."""
    return "\n\n".join(filter(None, map(plain_block, blocks_of(html))))


def plain_block(block: Block) -> str:
    if block.tag == "ul":
        return "\n".join(f"- {item.replace(chr(10), ' ')}" for item in block.plain)
    if block.tag == "ol":  # the file knows one kind of list; the words keep the number
        return "\n\n".join(f"{number}. {item}" for number, item in enumerate(block.plain, 1))
    return "\n".join(block.plain)
