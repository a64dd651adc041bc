from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AdviceState(TextChoices):
    DRAFT = "draft", _("Draft")
    VOTING = "voting", _("Being voted on")
    ADOPTED = "adopted", _("Ready to be sent")
    ISSUED = "issued", _("Sent")
    DROPPED = "dropped", _("Dropped")


NOT_GONE_YET = (AdviceState.DRAFT, AdviceState.VOTING, AdviceState.ADOPTED)

ARROWS = {
    AdviceState.DRAFT: {AdviceState.VOTING, AdviceState.ADOPTED, AdviceState.DROPPED},
    AdviceState.VOTING: {AdviceState.ADOPTED, AdviceState.DRAFT},
    AdviceState.ADOPTED: {AdviceState.ISSUED, AdviceState.DRAFT},
    AdviceState.ISSUED: set(),
    AdviceState.DROPPED: set(),
}


class AdviceKind(TextChoices):
    SOLICITED = "solicited", _("Solicited advice")
    UNSOLICITED = "unsolicited", _("Unsolicited advice")


class DocumentKind(TextChoices):
    ADVICE = "advice", _("Advice")
    SUPPLEMENT = "supplement", _("Supplement")
    QUESTIONS = "questions", _("Letter with questions")
    SIGNAL_LETTER = "signal_letter", _("Signal letter")
    URGENT_LETTER = "urgent_letter", _("Urgent letter")
    COUNTER_RESPONSE = "counter_response", _("Counter-response")
    DISCUSSION_PAPER = "discussion_paper", _("Discussion paper")


class Tenor(TextChoices):
    POSITIVE = "positive", _("Positive")
    POSITIVE_WITH_REMARKS = "positive_with_remarks", _("Positive, with remarks")
    NEGATIVE = "negative", _("Negative")
    NONE = "none", _("No judgement")


class Outcome(TextChoices):
    ADOPTED = "adopted", _("The advice is adopted")
    REJECTED = "rejected", _("The advice is not adopted")


class Manner(TextChoices):
    """How the council came to its decision."""

    MEETING = "meeting", _("At a meeting")
    WRITTEN = "written", _("In writing")
    MANDATE = "mandate", _("By mandate of the board")


class VoteChoice(TextChoices):
    IN_FAVOUR = "in_favour", _("In favour")
    AGAINST = "against", _("Against")
    ABSTAINED = "abstained", _("I abstain")


class EnteredBy(TextChoices):
    """How somebody's own words came into the portal: disclosed wherever they are shown."""

    SELF = "self", _("By themselves")
    PHONE = "phone", _("By telephone")
    PAPER = "paper", _("On paper")
    IN_PERSON = "in_person", _("In a talk")


class Choice(TextChoices):
    """What a member thinks of a draft."""

    AGREE = "agree", _("Yes")
    AGREE_BUT = "agree_but", _("Yes, but …")
    DISAGREE = "disagree", _("No")
    DONT_KNOW = "dont_know", _("I do not know")


class ProposalAction(TextChoices):
    REPLACE = "replace", _("Write this instead")
    ADD = "add", _("Add this after it")
    REMOVE = "remove", _("Take this out")


class ProposalState(TextChoices):
    OPEN = "open", _("Not settled yet")
    ACCEPTED = "accepted", _("Taken over")
    REJECTED = "rejected", _("Not taken over")
    WITHDRAWN = "withdrawn", _("Withdrawn")


PROPOSAL_ARROWS = {
    ProposalState.OPEN: {ProposalState.ACCEPTED, ProposalState.REJECTED, ProposalState.WITHDRAWN},
    ProposalState.ACCEPTED: set(),
    ProposalState.REJECTED: set(),
    ProposalState.WITHDRAWN: set(),
}


class SourceKind(TextChoices):
    """What a recommendation rests on, besides what was heard."""

    REQUEST_DOCUMENT = "request_document", _("A document of the request")
    LINK = "link", _("A page on the internet")
    OTHER = "other", _("Something else, such as a book or a report")


class Relation(TextChoices):
    """What a letter does to an earlier one, which stays as it was sent."""

    SUPPLEMENT = "supplement", _("Supplements it")
    CORRECTION = "correction", _("Corrects it: this letter takes its place")
    WITHDRAWAL = "withdrawal", _("Withdraws it")
    COUNTER_RESPONSE = "counter_response", _("Replies to the answer to it")


OVERTAKES = {Relation.CORRECTION, Relation.WITHDRAWAL}
ASKS_NO_ANSWER = {Relation.WITHDRAWAL, Relation.COUNTER_RESPONSE}


class ResponseState(TextChoices):
    DRAFT = "draft", _("Being written")
    FINAL = "final", _("Given")
    LAPSED = "lapsed", _("No longer needed")


RESPONSE_ARROWS = {
    ResponseState.DRAFT: {ResponseState.FINAL, ResponseState.LAPSED},
    ResponseState.FINAL: set(),
    ResponseState.LAPSED: {ResponseState.FINAL},
}


class LetterStepKind(TextChoices):
    """Steps of a letter after it was sent, each with its day and proof. In the order of their way."""

    POSTED = "posted", _("Put in the post")
    RECEIVED = "received", _("Received")
    OFFERED = "offered", _("Offered to the executive")
    MUNICIPAL_COUNCIL = "municipal_council", _("Copy to the municipal council")
    IN_PROPOSAL = "in_proposal", _("Mentioned in the proposal to the municipal council")


class LadderKind(TextChoices):
    """What the council does when no answer comes, in this order."""

    REMINDER = "reminder", _("Reminder")
    ALDERMAN = "alderman", _("Letter to the alderman")
    CLERK = "clerk", _("Copy to the municipal council's clerk")
    EVALUATION = "evaluation", _("Evaluation on the agenda")


class Mark(TextChoices):
    ANSWERED = "answered", _("Yes, this is an answer")
    PARTLY = "partly", pgettext_lazy("mark", "Only in part")
    NOT_ANSWERED = "not_answered", _("No, this does not answer it")


class ReportKind(TextChoices):
    PROGRESS = "progress", _("On its way")
    DONE = "done", pgettext_lazy("report", "Done")
    AGREED = "agreed", _("The council agrees")
    DISAGREED = "disagreed", _("The council does not agree")


class Check(TextChoices):
    """What the council finds of a promise that the authority calls done."""

    AGREED = "agreed", _("The council agrees")
    DISAGREED = "disagreed", _("The council does not agree")


class Verdict(TextChoices):
    ADOPTED = "adopted", _("Adopted")
    PARTLY = "partly", _("Partly adopted")
    REJECTED = "rejected", _("Not adopted")
    ALREADY_POLICY = "already_policy", _("Already policy")
    LATER = "later", _("Decision follows later")


NEEDS_REASON = {Verdict.PARTLY, Verdict.REJECTED}
