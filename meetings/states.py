from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MeetingKind(TextChoices):
    PLENARY = "plenary", _("Plenary meeting")
    BOARD = "board", _("Board meeting")
    WORKING_GROUP = "working_group", _("Working group")
    CONSULTATION = "consultation", _("Consultation with the authority")
    DIALOGUE = "dialogue", _("Dialogue")


class MeetingState(TextChoices):
    PLANNED = "planned", _("Planned")
    INVITED = "invited", _("Invitations sent")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


ARROWS = {
    MeetingState.PLANNED: {MeetingState.INVITED, MeetingState.HELD, MeetingState.CANCELLED},
    MeetingState.INVITED: {MeetingState.HELD, MeetingState.CANCELLED},
    MeetingState.HELD: set(),
    MeetingState.CANCELLED: set(),
}


class Aim(TextChoices):
    INFORM = "inform", _("Inform")
    DISCUSS = "discuss", _("Form an opinion")
    DECIDE = "decide", _("Decide")


class Answer(TextChoices):
    NONE = "none", _("No answer yet")
    ACCEPTED = "accepted", _("Comes")
    DECLINED = "declined", _("Does not come")


class Attendance(TextChoices):
    UNKNOWN = "unknown", _("Not noted")
    PRESENT = "present", _("Present")
    ABSENT_NOTIFIED = "absent_notified", _("Absent with notice")
    ABSENT_UNNOTIFIED = "absent_unnotified", _("Absent without notice")
