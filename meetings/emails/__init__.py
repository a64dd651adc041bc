"""The messages of this floor. Each module registers its builders; the app config imports this package."""

from meetings.emails import deputies, invitations, minutes, papers, polls, proposals, reminders  # noqa: F401
