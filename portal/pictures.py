"""Pictures that people hand in for print: read, checked and written anew; nothing of the file itself is kept."""

import io

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from portal.access import Refused

ENDINGS = {"PNG": b"IEND", "JPEG": b"\xff\xd9"}  # half a file has none; WeasyPrint lets Pillow read half files
MOST_PIXELS = 40_000_000  # a photo of a telephone has 12 to 50 million; more takes memory and gains nothing in print
SMALLEST = 40  # pixels; less is a blot on paper


def as_png(upload: UploadedFile, *, within: tuple[int, int], trim: bool = False) -> bytes:
    """A PNG on white, no larger than `within`; with `trim` without the white around what is drawn."""
    from PIL import Image, ImageChops, ImageOps, UnidentifiedImageError  # heavy: only when somebody hands in a picture

    wrong = _("This is not a picture that we can print. Choose a PNG or JPEG file.")
    large = _("This picture is too large. Make it smaller first.")
    try:
        content = upload.read()
        opened = Image.open(io.BytesIO(content), formats=tuple(ENDINGS))
        if opened.width * opened.height > MOST_PIXELS:
            raise Refused(large, field="picture")
        if ENDINGS[opened.format or ""] not in content[-4096:]:
            raise Refused(wrong, field="picture")
        picture = ImageOps.exif_transpose(opened).convert("RGBA")
    except Image.DecompressionBombError:
        raise Refused(large, field="picture") from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise Refused(wrong, field="picture") from None
    on_white = Image.new("RGB", picture.size, "white")  # a PDF/A without transparency opens everywhere
    on_white.paste(picture, mask=picture.getchannel("A"))
    if trim:
        ink = ImageChops.invert(on_white.convert("L")).point(lambda value: 255 if value > 60 else 0).getbbox()
        if ink is None:
            raise Refused(_("We see nothing in this picture. Choose another one."), field="picture")
        on_white = on_white.crop(ink)
    if min(on_white.size) < SMALLEST:
        raise Refused(_("This picture is too small to print. Choose a larger one."), field="picture")
    on_white.thumbnail(within, Image.Resampling.LANCZOS)
    written = io.BytesIO()
    on_white.save(written, "PNG", optimize=True)
    return written.getvalue()
