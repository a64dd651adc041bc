from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MeetingKind(TextChoices):
    PLENARY = "plenary", _("Plenary meeting")
    BOARD = "board", _("Board meeting")
    WORKING_GROUP = "working_group", _("Working group")
    CONSULTATION = "consultation", _("Consultation with the authority")
    DIALOGUE = "dialogue", _("Dialogue")


class Openness(TextChoices):
    """Who may listen: follows from the meeting and its items."""

    PUBLIC = "public", _("Public meeting")
    PARTLY = "partly", _("Partly public")
    CLOSED = "closed", _("Closed meeting")


class MeetingState(TextChoices):
    PLANNED = "planned", _("Planned")
    INVITED = "invited", _("Invitations sent")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


ARROWS = {
    MeetingState.PLANNED: {MeetingState.INVITED, MeetingState.HELD, MeetingState.CANCELLED},
    # Back to planned only while no invitation has left.
    MeetingState.INVITED: {MeetingState.PLANNED, MeetingState.HELD, MeetingState.CANCELLED},
    MeetingState.HELD: set(),
    MeetingState.CANCELLED: set(),
}


class Aim(TextChoices):
    INFORM = "inform", _("Inform")
    DISCUSS = "discuss", _("Form an opinion")
    DECIDE = "decide", _("Decide")


class ItemOrigin(TextChoices):
    """Where an agenda item comes from; the portal offers all but the first by itself."""

    TYPED = "typed", _("Typed")
    STANDING = "standing", _("Standing item")
    LAST_MINUTES = "last_minutes", _("Minutes of the last meeting")
    OPEN_ACTIONS = "open_actions", _("Open actions")
    PROPOSAL = "proposal", _("Proposed by a member")
    REQUEST = "request", _("Request for advice")
    ADVICE = "advice", _("Advice to adopt")
    RESPONSE = "response", _("Answer that is due")


class PaperVisibility(TextChoices):
    OPEN = "open", _("Open")
    EMBARGO = "embargo", _("Confidential until a day")
    CONFIDENTIAL = "confidential", _("Confidential")


class ItemProposalState(TextChoices):
    OPEN = "open", _("Not decided yet")
    TAKEN_UP = "taken_up", _("On the agenda")
    DECLINED = "declined", _("Not on the agenda")


ITEM_PROPOSAL_ARROWS = {
    ItemProposalState.OPEN: {ItemProposalState.TAKEN_UP, ItemProposalState.DECLINED},
    ItemProposalState.TAKEN_UP: {ItemProposalState.OPEN},
    ItemProposalState.DECLINED: {ItemProposalState.OPEN},
}


class PackState(TextChoices):
    WAITING = "waiting", _("Waits its turn")
    WORKING = "working", _("Being made")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Could not be made")


PACK_ARROWS = {
    PackState.WAITING: {PackState.WORKING, PackState.FAILED},
    PackState.WORKING: {PackState.READY, PackState.FAILED, PackState.WAITING},
    PackState.READY: set(),
    PackState.FAILED: {PackState.WAITING},
}


class DateAnswerChoice(TextChoices):
    YES = "yes", _("Suits me")
    MAYBE = "maybe", _("If need be")
    NO = "no", _("Does not suit me")


INVITATION, CANCELLATION = "meetings.invitation", "meetings.cancellation"
TOLD_ABOUT = (INVITATION, CANCELLATION)  # the kinds of message about one invitee


class Channel(TextChoices):
    EMAIL = "email", _("E-mail")
    PAPER = "paper", _("Paper")
    PHONE = "phone", _("Phone")


class InviteeRole(TextChoices):
    MEMBER = "member", _("Member of the council")
    GUEST = "guest", _("Guest")
    AUTHORITY = "authority", _("On behalf of the authority")


class AnsweredVia(TextChoices):
    PAGE = "page", _("On the page")
    LINK = "link", _("With the link in the mail")
    CALENDAR = "calendar", _("From the calendar")
    BEHALF = "behalf", _("Entered by the secretary")


class GuestCapacity(TextChoices):
    GUEST = "guest", _("Guest")
    AUTHORITY = "authority", _("On behalf of the authority")
    GALLERY = "gallery", _("Public gallery")


class MinutesState(TextChoices):
    DRAFT = "draft", _("Draft")
    CORRECTION = "correction", _("Members read along")
    ADOPTED = "adopted", _("Adopted by the meeting")


MINUTES_ARROWS = {
    MinutesState.DRAFT: {MinutesState.CORRECTION, MinutesState.ADOPTED},
    MinutesState.CORRECTION: {MinutesState.DRAFT, MinutesState.ADOPTED},
    MinutesState.ADOPTED: set(),
}


class CorrectionState(TextChoices):
    OPEN = "open", _("Not handled yet")
    TAKEN_OVER = "taken_over", _("Taken over")
    DECLINED = "declined", _("Not taken over")


CORRECTION_ARROWS = {
    CorrectionState.OPEN: {CorrectionState.TAKEN_OVER, CorrectionState.DECLINED},
    CorrectionState.TAKEN_OVER: set(),
    CorrectionState.DECLINED: set(),
}


class Answer(TextChoices):
    NONE = "none", _("No answer yet")
    ACCEPTED = "accepted", _("Comes")
    DECLINED = "declined", _("Does not come")


class Attendance(TextChoices):
    UNKNOWN = "unknown", _("Not noted")
    PRESENT = "present", _("Present")
    ABSENT_NOTIFIED = "absent_notified", _("Absent with notice")
    ABSENT_UNNOTIFIED = "absent_unnotified", _("Absent without notice")
