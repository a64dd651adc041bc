"""The messages of this floor. Each module registers its builders; the app config imports this package."""

from advice.emails import answers, joint, letters, opinions, promises, voting  # noqa: F401
