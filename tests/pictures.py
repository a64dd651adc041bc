"""Pictures as people hand them in."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw


def drawn(size=(300, 120), *, mode="RGBA", ground=(0, 0, 0, 0), ink=(20, 40, 120, 255), kind="PNG") -> bytes:
    """Something like a signature: one line and a loop, on a ground that you can see through."""
    picture = Image.new(mode, size, ground[: len(mode)])
    pen = ImageDraw.Draw(picture)
    width, height = size
    pen.line(
        [(width * 0.1, height * 0.7), (width * 0.5, height * 0.2), (width * 0.9, height * 0.8)], ink[: len(mode)], 6
    )
    pen.ellipse([width * 0.3, height * 0.3, width * 0.6, height * 0.8], outline=ink[: len(mode)], width=5)
    content = io.BytesIO()
    picture.save(content, kind)
    return content.getvalue()


def upload(content: bytes | None = None, name: str = "beeld.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, drawn() if content is None else content, content_type="image/png")
