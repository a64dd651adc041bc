"""The package of a Word file: what is unpacked, and only after its directory was judged. Runs in the child process."""

import io
import re
import xml.etree.ElementTree as ET
from xml.parsers import expat
from zipfile import BadZipFile, LargeZipFile, ZipFile

MOST_MEMBERS = 3_000
MOST_BYTES = 200_000_000  # of everything unpacked, by the directory; pictures are never unpacked
MOST_XML = 40_000_000
MOST_RATIO, RATIO_COUNTS_FROM = 100, 10_000_000
TEXT_PARTS = {"document", "footnotes", "endnotes", "comments"}


class Unfit(Exception):
    """The file is not read. `code` says why, see portal.word.upload.SENTENCES."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


def xml_parts(content: bytes) -> dict[str, bytes]:
    """The XML of the package by name. A member that lies about its size is cut off there and fails its checksum."""
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            judge(archive)
            wanted = [one for one in archive.infolist() if one.filename.lower().endswith((".xml", ".rels"))]
            if sum(one.file_size for one in wanted) > MOST_XML:
                raise Unfit("too_big")
            parts = {one.filename: archive.read(one) for one in wanted}
    except (BadZipFile, LargeZipFile, EOFError, NotImplementedError, OSError, ValueError, RuntimeError) as broken:
        raise Unfit("damaged") from broken
    if b"macroEnabled" in parts.get("[Content_Types].xml", b""):
        raise Unfit("macros")
    for part in parts.values():
        refuse_dtd(part)
    if b"wordprocessingml" not in parts.get("[Content_Types].xml", b""):
        raise Unfit("not_word")
    return parts


def judge(archive: ZipFile) -> None:
    members = archive.infolist()
    unpacked = sum(one.file_size for one in members)
    packed = sum(one.compress_size for one in members) or 1
    if len(members) > MOST_MEMBERS or unpacked > MOST_BYTES:
        raise Unfit("too_big")
    if unpacked > RATIO_COUNTS_FROM and unpacked > MOST_RATIO * packed:
        raise Unfit("too_big")
    names = [one.filename.lower() for one in members]
    if any(one.flag_bits & 1 for one in members):
        raise Unfit("locked")
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
        raise Unfit("macros")
    if len(set(names)) != len(names) or "[content_types].xml" not in names:
        raise Unfit("not_word")


def refuse_dtd(part: bytes) -> None:
    """Word writes no document type; entities are how XML explodes or reads files of the server."""

    def refuse(*_: object) -> None:
        raise Unfit("damaged")

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(part, True)
    except expat.ExpatError as broken:
        raise Unfit("damaged") from broken


def main_part(parts: dict[str, bytes]) -> str:
    """Mostly word/document.xml; the package says so."""
    if "_rels/.rels" in parts:
        for one in ET.fromstring(parts["_rels/.rels"]):  # noqa: S314 - without a document type, see refuse_dtd
            target = one.get("Target", "").lstrip("/")
            if one.get("Type", "").endswith("/officeDocument") and target in parts:
                return target
    raise Unfit("not_word")


def beside(main: str, parts: dict[str, bytes], name: str) -> str:
    """Such as word/comments.xml; some programs number it."""
    folder = main.rpartition("/")[0]
    pattern = re.compile(rf"{re.escape(folder)}/{name}\d*\.xml")
    return next((path for path in parts if pattern.fullmatch(path)), "")
