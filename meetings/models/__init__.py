from meetings.models.agenda import AgendaItem, AgendaPaper, ItemProposal, MeetingPack, StandingItem
from meetings.models.holding import (
    ActionItem,
    AdoptedMinutes,
    Guest,
    ItemMinutesVersion,
    MeetingDecision,
    Minutes,
    MinutesCorrection,
    MinutesFile,
    Presence,
    Recusal,
)
from meetings.models.invitees import AccessNeeds, FeedAddress, InvitationRound, Invitee, Visitor
from meetings.models.meeting import DateAnswer, DateOption, DatePoll, Meeting, MeetingChange, MeetingTemplate

__all__ = [
    "AccessNeeds",
    "ActionItem",
    "AdoptedMinutes",
    "AgendaItem",
    "AgendaPaper",
    "DateAnswer",
    "DateOption",
    "DatePoll",
    "FeedAddress",
    "Guest",
    "InvitationRound",
    "Invitee",
    "ItemMinutesVersion",
    "ItemProposal",
    "Meeting",
    "MeetingChange",
    "MeetingDecision",
    "MeetingPack",
    "MeetingTemplate",
    "Minutes",
    "MinutesCorrection",
    "MinutesFile",
    "Presence",
    "Recusal",
    "StandingItem",
    "Visitor",
]
