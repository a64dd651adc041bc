"""The paragraph that a comment is about: its number today, and whether it still reads as it did."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advice.models import Advice, Comment, Section
from advice.numbering import Paragraph, numbered

PARAGRAPH_CHANGED = gettext_lazy("Somebody has just changed this paragraph. Choose again what you mean.")


def with_paragraphs(sections: list[Section]) -> list[Section]:
    """Each part with its numbered paragraphs."""
    for section, paragraphs in zip(sections, numbered(section.text for section in sections), strict=True):
        section.paragraphs = paragraphs  # type: ignore[attr-defined]
    return sections


def paragraphs_in(advice: Advice, section: Section) -> list[Paragraph]:
    """Of one part, with the numbers that they have in the whole text. Headings have none and are left out."""
    for one in with_paragraphs(list(advice.sections.all())):
        if one.pk == section.pk:
            return [paragraph for paragraph in one.paragraphs if paragraph.number]  # type: ignore[attr-defined]
    return []


def place_comments(comments: Iterable[Comment], sections: Iterable[Section]) -> list[Comment]:
    """Each comment with `place`, and each part with its number of comments and the first of them. Asks no query;
    needs with_paragraphs."""
    found, by_pk = list(comments), {section.pk: section for section in sections}
    for section in by_pk.values():
        own = [one for one in found if one.section_id == section.pk]
        section.comment_count = len(own)  # type: ignore[attr-defined]
        section.first_comment = own[0].pk if own else None  # type: ignore[attr-defined]
    for one in found:
        one.place = place_of(one, by_pk.get(one.section_id or 0))  # type: ignore[attr-defined]
    return found


def place_of(comment: Comment, section: Section | None) -> str:
    if comment.recommendation:
        return _("on recommendation %(number)d") % {"number": comment.recommendation.number}
    if section is None:
        return _("on a part that is no longer there") if comment.quoted else ""
    for paragraph in section.paragraphs:  # type: ignore[attr-defined]
        if paragraph.number and comment.quoted and quotes(comment.quoted, paragraph):
            return _("on paragraph %(number)d of “%(heading)s”") % {
                "number": paragraph.number, "heading": section.heading,
            }  # fmt: skip
    return _("on a paragraph of “%(heading)s” that has changed since") % {"heading": section.heading}


def quotes(words: str, paragraph: Paragraph) -> bool:
    """A comment from Word quotes one line of it."""
    return words == paragraph.words or words in paragraph.words.split("\n")
