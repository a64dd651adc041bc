"""What a recommendation rests on besides what was heard, in words: of drafts and of letters."""

from collections.abc import Iterable


def source_lines(sources: Iterable[dict[str, str]] | None) -> list[str]:
    """Each source in words: its title, where in it, and the address that paper cannot click."""
    return [", ".join(filter(None, [one["title"], one.get("place"), one.get("url")])) for one in sources or []]
