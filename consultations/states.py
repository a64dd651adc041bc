from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RequestState(TextChoices):
    """The state of a request as it lies with one council."""

    SUBMITTED = "submitted", _("Asked")
    ACCEPTED = "accepted", _("Being handled")
    DECLINED = "declined", _("Declined")
    ADVISED = "advised", _("Advised")
    WITHDRAWN = "withdrawn", _("Withdrawn")


ARROWS = {
    # A letter can be issued before anyone pressed "accept".
    RequestState.SUBMITTED: {
        RequestState.ACCEPTED,
        RequestState.DECLINED,
        RequestState.ADVISED,
        RequestState.WITHDRAWN,
    },
    RequestState.ACCEPTED: {RequestState.DECLINED, RequestState.ADVISED, RequestState.WITHDRAWN},
    RequestState.DECLINED: set(),
    RequestState.ADVISED: set(),
    RequestState.WITHDRAWN: set(),
}


class Consent(TextChoices):
    """What the chair said to the shorter term of an urgent request."""

    AGREED = "agreed", _("Agreed")
    REFUSED = "refused", _("Not agreed")


class Channel(TextChoices):
    """How a request came in that the secretary registers."""

    EMAIL = "email", _("By e-mail")
    POST = "post", _("By post")
    HANDED_IN = "handed_in", _("Handed in")
    PHONE = "phone", _("By telephone or in a talk")


class Phase(TextChoices):
    """Policy phase of a topic (beleidsfase)."""

    AGENDA = "agenda", _("Setting the agenda")
    PREPARATION = "preparation", _("Preparation")
    DECISION = "decision", _("Decision")
    EXECUTION = "execution", _("Execution")
    EVALUATION = "evaluation", _("Evaluation")


class Law(TextChoices):
    WMO = "wmo", _("Wmo 2015 (support)")
    PARTICIPATIEWET = "participatiewet", _("Participatiewet (work and income)")
    JEUGDWET = "jeugdwet", _("Jeugdwet (youth help)")
    WSW = "wsw", _("Wsw (sheltered work)")
    INBURGERING = "inburgering", _("Wet inburgering (integration)")
    SCHULDHULPVERLENING = "schuldhulpverlening", _("Debt help")
    SUWI = "suwi", _("Wet SUWI")
    OTHER = "other", _("Other")


class Form(TextChoices):
    """How people were heard."""

    NEIGHBOURHOOD_TABLE = "neighbourhood_table", _("Neighbourhood table")
    PANEL = "panel", _("Panel")
    DIALOGUE_SESSION = "dialogue_session", _("Dialogue session")
    CONVERSATION = "conversation", _("Conversation")
    SURVEY = "survey", _("Survey")
    MESSAGE = "message", _("Message or signal")


class Rung(TextChoices):
    """Rung of the participation ladder (Edelenbos)."""

    INFORM = "inform", _("Inform")
    CONSULT = "consult", _("Consult")
    ADVISE = "advise", _("Advise")
    COPRODUCE = "coproduce", _("Work out together")
    CO_DECIDE = "co_decide", _("Decide together")
    SELF_GOVERN = "self_govern", _("Run it themselves")


class Visibility(TextChoices):
    OPEN = "open", _("Open")
    EMBARGO = "embargo", _("Under embargo")
    CONFIDENTIAL = "confidential", _("Confidential")
