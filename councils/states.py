from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AuthorityKind(TextChoices):
    MUNICIPALITY = "municipality", _("Municipality")
    JOINT_AUTHORITY = "joint_authority", _("Joint authority")
    NATIONAL_BODY = "national_body", _("National body")


class CouncilKind(TextChoices):
    SOCIAL_DOMAIN = "social_domain", _("Advisory council for the social domain")
    WMO = "wmo", _("Wmo council")
    PARTICIPATION = "participation", _("Participation council")
    CLIENT = "client", _("Client council")
    CLIENT_PANEL = "client_panel", _("Client panel")
    YOUTH = "youth", _("Youth council")
    SENIORS = "seniors", _("Seniors' council")
    DISABILITY = "disability", _("Disability council")
    OTHER = "other", _("Other")


class LegalForm(TextChoices):
    COMMITTEE = "committee", _("Committee of the authority")
    FOUNDATION = "foundation", _("Foundation")
    OTHER = "other", _("Other")


class CouncilRole(TextChoices):
    CHAIR = "chair", _("Chair")
    DEPUTY_CHAIR = "deputy_chair", _("Deputy chair")
    SECRETARY = "secretary", _("Secretary")
    MEMBER = "member", _("Member")
    TREASURER = "treasurer", _("Treasurer")
    MINUTE_TAKER = "minute_taker", _("Minute taker")


class SecretaryKind(TextChoices):
    OFFICIAL = "official", _("Employed by the authority")
    MEMBER = "member", _("Member of the council")
    PAID_INDEPENDENT = "paid_independent", _("Paid, independent")
    VOLUNTEER = "volunteer", _("Volunteer")


class AuthorityRole(TextChoices):
    CONTACT_OFFICER = "contact_officer", _("Contact officer")
    POLICY_OFFICER = "policy_officer", _("Policy officer")
    ALDERMAN = "alderman", _("Alderman")
    SECRETARIAT = "secretariat", _("Executive's secretariat")
    CLERK = "clerk", _("Clerk")
    ADMINISTRATOR = "administrator", _("Administrator")


class InstrumentKind(TextChoices):
    ORDINANCE = "ordinance", _("Ordinance")
    REGULATION = "regulation", _("Regulation")
    DETAILED_RULES = "detailed_rules", _("Detailed rules")
    POLICY_RULES = "policy_rules", _("Policy rules")
    COVENANT = "covenant", _("Covenant")
    RULES_OF_PROCEDURE = "rules_of_procedure", _("Rules of procedure")
    WORKING_AGREEMENTS = "working_agreements", _("Working agreements")


class AdoptedBy(TextChoices):
    MUNICIPAL_COUNCIL = "municipal_council", _("Municipal council")
    EXECUTIVE = "executive", _("Executive")
    JOINT_BOARD = "joint_board", _("Joint board")
    BOARD_OF_DIRECTORS = "board_of_directors", _("Board of directors")
    COUNCIL_ITSELF = "council_itself", _("The council itself")
    BOTH_PARTIES = "both_parties", _("Both parties")


class AnswerForm(TextChoices):
    """The form in which an authority likes to answer an advice."""

    LETTER = "letter", _("A letter, recommendation by recommendation")
    TABLE = "table", _("A table with two columns: recommendation and answer")
