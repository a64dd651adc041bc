"""Word files for the tests: made by python-docx, with the parts that it cannot make put in as XML."""

import io
import zipfile
from collections.abc import Callable

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)
WHO = 'w:id="7" w:author="{who}" w:date="2026-05-01T10:00:00Z"'


def saved(document) -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def plain(*paragraphs: str) -> bytes:
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return saved(document)


def run(text: str, *, tag: str = "t", bold: bool = False, looks: str = "") -> str:
    properties = f"<w:rPr>{'<w:b/>' if bold else ''}{looks}</w:rPr>"
    return f'<w:r>{properties}<w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


def added(text: str, who: str = "Victor Visser") -> str:
    return f"<w:ins {WHO.format(who=who)}>{run(text)}</w:ins>"


def struck(text: str, who: str = "Fatma Yılmaz") -> str:
    return f"<w:del {WHO.format(who=who)}>{run(text, tag='delText')}</w:del>"


def paragraph(inside: str, properties: str = ""):
    return parse_xml(f"<w:p {nsdecls('w')}><w:pPr>{properties}</w:pPr>{inside}</w:p>")


def put(document, inside: str, properties: str = "") -> None:
    document.element.body.insert(len(document.element.body) - 1, paragraph(inside, properties))


def styled(document, name: str, size: int = 0):
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    return style


def list_of_two_levels(document) -> int:
    """The number of a list with bullets, whose items may have items. Made once for a document."""
    numbering = document.part.numbering_part.element
    if not numbering.xpath("w:abstractNum[@w:abstractNumId='77']"):
        levels = "".join(
            f'<w:lvl w:ilvl="{n}"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl>' for n in (0, 1)
        )
        made = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>')
        numbering.insert(0, made)
        numbering.add_num(77)
    return numbering.xpath("w:num[w:abstractNumId/@w:val='77']")[0].numId


def worked_on() -> bytes:
    """As a member sends it: Dutch style names, 3 changes, 2 comments, a table, a picture and a list in a list."""
    document = Document()
    document.add_paragraph("Advies over vervoer", style="Title")
    styled(document, "Kop 1")
    document.add_paragraph("Aanleiding", style="Kop 1")
    put(document, run("Het busje is ") + struck("duur") + added("onmisbaar") + run(" voor bewoners."))
    quoted = document.add_paragraph("Zij komen ")
    words = quoted.add_run("nergens meer")
    quoted.add_run(".").bold = True
    document.add_comment(words, text="Is dit zo?", author="Olga Smit", initials="OS")
    put(document, run("Dit stond er al.") + added(" Dit is nieuw."))
    for level, text in enumerate(["eerst", "daaronder"]):
        put(
            document,
            run(text),
            f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_of_two_levels(document)}"/></w:numPr>',
        )
    document.add_paragraph("Wat het kost", style="Kop 1")
    table = document.add_table(3, 2)
    for row, cells in enumerate([("Jaar", "Kosten"), ("2026", "€ 100"), ("2027", "€ 200")]):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    document.add_picture(io.BytesIO(PNG))
    document.add_paragraph("Aanbevelingen", style="Kop 1")
    one = document.add_paragraph("Laat het busje rijden.", style="List Number")
    document.add_paragraph("Waarom: mensen komen anders niet buiten.")
    document.add_paragraph("Vraag de chauffeurs.", style="List Number")
    document.add_comment(one.runs[0], text="Mooi zo.", author="Chris Bakker", initials="CB")
    return saved(document)


def repacked(
    content: bytes, change: Callable[[dict[str, bytes]], None], *, packed: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """The same package after `change` had its members by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", packed) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return made.getvalue()
