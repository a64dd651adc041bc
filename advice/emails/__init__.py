"""The messages of this floor. Each module registers its builders; the app config imports this package."""

from advice.emails import answers, clock, joint, ladder, letters, opinions, promises, voting  # noqa: F401
