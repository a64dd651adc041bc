"""The letters about a letter: `{% load linked %}`.

{% linked_in_room letter %}       what later and earlier letters do, on the council's page of a letter
{% linked_at_desk copy %}         the same at the authority's desk
{% linked_badges advice %}        badges of a row of a list: withdrawn, replaced, supplemented (needs linked_by)
{% write_after letter %}          the ways to write about this letter, for who leads the council
"""

from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from advice.linked import notices_at_desk, notices_in_room, sentence_about_first
from advice.models import Advice, Letter, LetterCopy
from advice.states import Relation, ResponseState
from portal.templatetags.portal import badge

register = template.Library()


@register.inclusion_tag("advice/_linked.html", takes_context=True)
def linked_in_room(context: Context, letter: Letter) -> dict[str, Any]:
    """With a word to who publishes, while the public reads the first letter without the later one."""
    notices = notices_in_room(letter)
    is_public = hasattr(letter, "publication")
    lacking = [
        one for one in notices if hasattr(one.letter, "publication") == (not one.later) and is_public == one.later
    ]
    may_publish = context["request"].user.has_perm("advice.publish", letter)
    return {"notices": notices, "lacking": lacking if may_publish else []}


@register.inclusion_tag("advice/_linked.html")
def linked_at_desk(copy: LetterCopy) -> dict[str, Any]:
    return {"notices": notices_at_desk(copy)}


@register.filter
def about_first(letter: Letter) -> str:
    """What this letter does to an earlier one, in a sentence."""
    return sentence_about_first(letter)


@register.simple_tag
def linked_badges(row: Advice | Letter) -> SafeString:
    relations = getattr(row, "linked_by", [])
    if Relation.WITHDRAWAL in relations:
        return badge(_("Withdrawn"), "danger", "cross")
    if Relation.CORRECTION in relations:
        return badge(_("Replaced"), "warning", "repeat")
    if Relation.SUPPLEMENT in relations:
        return badge(_("Supplemented"), "active", "plus")
    return mark_safe("")


@register.inclusion_tag("advice/_write_after.html", takes_context=True)
def write_after(context: Context, letter: Letter) -> dict[str, Any]:
    answered = any(
        getattr(copy, "response", None) and copy.response.state == ResponseState.FINAL for copy in letter.copies.all()
    )
    may = context["request"].user.has_perm("advice.write_after", letter)
    return {"letter": letter, "council": letter.council, "answered": answered, "may": may}
