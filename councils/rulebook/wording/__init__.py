"""What every rule says, in plain words. Importing it registers the groups, in the order of the page."""

from councils.rulebook.wording import advising, meeting, membership

__all__ = ["advising", "meeting", "membership"]
