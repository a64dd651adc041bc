"""How a council builds up each kind of letter: its own parts, or those of the portal."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from advice.actions.saving import locked_draft
from advice.models import Advice, Section, TextTemplate
from advice.starter_parts import starter_parts
from advice.states import AdviceKind, DocumentKind
from councils.models import Council
from portal.access import Refused
from portal.audit import record
from portal.models import Person

Part = dict[str, str]  # heading, hint


def parts_for(council: Council, document: str, kind: str = AdviceKind.UNSOLICITED) -> list[Part]:
    own = TextTemplate.objects.filter(council=council, document=document).first()
    return own.parts if own else starter_parts(document, kind)


@transaction.atomic
def save_template(council: Council, document: str, parts: Sequence[Part], *, by: Person) -> TextTemplate:
    """New drafts of this kind begin with these parts; what is being written stays as it is."""
    kept = [
        {"heading": part["heading"].strip()[:200], "hint": part.get("hint", "").strip()}
        for part in parts
        if part.get("heading", "").strip()
    ]
    if document not in DocumentKind.values:
        raise Refused(_("This kind of letter is not known."))
    if not kept:
        raise Refused(_("Fill in the heading of at least one part."))
    template, _made = TextTemplate.objects.update_or_create(
        council=council, document=document, defaults={"parts": kept}
    )
    record("template.saved", template, by=by)
    return template


@transaction.atomic
def restore_template(council: Council, document: str, *, by: Person) -> None:
    """Back to the parts of the portal."""
    found = TextTemplate.objects.filter(council=council, document=document).first()
    if found is not None:
        record("template.restored", found, by=by)
        found.delete()


def fits(sections: Sequence[Section], parts: Sequence[Part]) -> bool:
    return [section.heading for section in sections] == [part["heading"] for part in parts]


@transaction.atomic
def use_template(advice: Advice, *, by: Person) -> Advice:
    """Give a draft in which nothing is written yet the parts of its kind of letter."""
    advice = locked_draft(advice.pk)
    if any(section.text.strip() for section in advice.sections.all()):
        raise Refused(_("There is text in this draft already. Its parts stay as they are."))
    advice.sections.all().delete()
    lay_out(advice, parts_for(advice.council, advice.document, advice.kind))
    record("advice.template_used", advice, by=by)
    return advice


def lay_out(advice: Advice, parts: Sequence[Part]) -> None:
    for position, part in enumerate(parts, 1):
        Section.objects.create(
            advice=advice, council_id=advice.council_id, position=position, heading=part["heading"],
            hint=part.get("hint", ""),
        )  # fmt: skip
