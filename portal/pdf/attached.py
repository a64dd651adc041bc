from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attached:
    """A file inside the PDF: Source (what it was made from), Data, Alternative, Supplement or Unspecified."""

    name: str
    content: bytes
    description: str
    relationship: str = "Source"
