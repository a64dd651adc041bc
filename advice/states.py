from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AdviceState(TextChoices):
    DRAFT = "draft", _("Draft")
    ADOPTED = "adopted", _("Ready to be sent")
    ISSUED = "issued", _("Sent")
    DROPPED = "dropped", _("Dropped")


ARROWS = {
    AdviceState.DRAFT: {AdviceState.ADOPTED, AdviceState.DROPPED},
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


class ResponseState(TextChoices):
    DRAFT = "draft", _("Being written")
    FINAL = "final", _("Given")


RESPONSE_ARROWS = {ResponseState.DRAFT: {ResponseState.FINAL}, ResponseState.FINAL: set()}


class Verdict(TextChoices):
    ADOPTED = "adopted", _("Adopted")
    PARTLY = "partly", _("Partly adopted")
    REJECTED = "rejected", _("Not adopted")
    ALREADY_POLICY = "already_policy", _("Already policy")
    LATER = "later", _("Decision follows later")


NEEDS_REASON = {Verdict.PARTLY, Verdict.REJECTED}
