"""What is proposed for the text, and the paragraph or recommendation it is about."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from advice.models import Advice, Proposal, Recommendation, RecommendationSave, Section, SectionSave
from advice.states import ProposalAction
from advice.typed import blocks_of, html_to_typed, typed_block
from portal.differences import Part, differences


def paragraphs_of(section: Section) -> list[str]:
    """As they are typed, so that each can be put back."""
    return [typed_block(block) for block in blocks_of(section.text)]


def stood_there(part: Section | Recommendation, original: str) -> bool:
    """Is this, or was this ever, a paragraph of the part? A quotation is not made up."""
    if isinstance(part, Recommendation):
        saves = RecommendationSave.objects.filter(recommendation_id=part.pk, automatic=False)
        return original == part.text or original in set(saves.values_list("text", flat=True))
    if original in paragraphs_of(part):
        return True
    texts = SectionSave.objects.filter(section_id=part.pk, automatic=False).values_list("text", flat=True)
    return any(original in [typed_block(block) for block in blocks_of(text)] for text in texts)


def still_there(proposal: Proposal) -> bool:
    """Does the text still read as the proposer saw it?"""
    if proposal.recommendation:
        return proposal.recommendation.text == proposal.original
    return proposal.section is not None and proposal.original in paragraphs_of(proposal.section)


def where(proposal: Proposal) -> str:
    if proposal.recommendation:
        return _("recommendation %(number)d") % {"number": proposal.recommendation.number}
    if proposal.section:
        return _("“%(heading)s”") % {"heading": proposal.section.heading}
    return _("a part that is no longer there")


def version_name(proposal: Proposal) -> str:
    with override("nl"):
        return _("Proposal of %(name)s on %(where)s") % {"name": proposal.person.name, "where": where(proposal)}


def changed_words(proposal: Proposal) -> list[list[Part]]:
    """What would change, word by word."""
    if proposal.action == ProposalAction.REMOVE:
        return differences(proposal.original, "")
    if proposal.action == ProposalAction.ADD:
        return differences(proposal.original, f"{proposal.original}\n\n{proposal.text}")
    return differences(proposal.original, proposal.text) if proposal.text else []


def proposals_of(advice: Advice) -> QuerySet[Proposal]:
    return advice.proposals.select_related("person", "entered_by", "settled_by", "section", "recommendation", "version")


def with_change(html: str, action: str, original: str, text: str) -> str:
    """The typed text of a section in which exactly this paragraph is changed; the same when it is not there."""
    blocks = html_to_typed(html).split("\n\n")
    if original not in blocks:
        return "\n\n".join(blocks)
    at = blocks.index(original)
    new = {ProposalAction.REPLACE: [text], ProposalAction.ADD: [original, text], ProposalAction.REMOVE: []}
    blocks[at : at + 1] = new[ProposalAction(action)]
    return "\n\n".join(blocks)
