from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from portal.pdf.attached import Attached


@dataclass(frozen=True, slots=True)
class Job:
    """All that one document is made of. What is not in here, nor among the bundled fonts, does not exist for it."""

    html: str
    created: datetime
    sheets: tuple[str, ...] = ()  # style sheets, which may use the bundled fonts
    theme: str = ""
    tighter: str = ""  # the same document set a little tighter, for when its last page holds only a few lines
    images: dict[str, bytes] = field(default_factory=dict)
    attachments: tuple[Attached, ...] = ()

    def packed(self) -> tuple[dict[str, Any], list[bytes]]:
        header = {
            "html": self.html,
            "created": self.created.isoformat(),
            "sheets": self.sheets,
            "theme": self.theme,
            "tighter": self.tighter,
            "images": list(self.images),
            "attachments": [[one.name, one.description, one.relationship] for one in self.attachments],
        }
        return header, [*self.images.values(), *(one.content for one in self.attachments)]

    @classmethod
    def unpacked(cls, header: dict[str, Any], parts: list[bytes]) -> "Job":
        names, attachments = header.pop("images"), header.pop("attachments")
        return cls(
            html=header["html"],
            created=datetime.fromisoformat(header["created"]),
            sheets=tuple(header["sheets"]),
            theme=header["theme"],
            tighter=header["tighter"],
            images=dict(zip(names, parts[: len(names)], strict=True)),
            attachments=tuple(
                Attached(name, content, description, relationship)
                for (name, description, relationship), content in zip(attachments, parts[len(names) :], strict=True)
            ),
        )
