"""A draft as a Word file in the style of the council: real headings and lists, Dutch, readable by a screen reader.

Dutch content, as the letter is. What reads it back is advice.word_import, which knows these headings.
"""

import io
from collections.abc import Sequence
from typing import Any

from django.utils.timezone import localdate
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from advice.frozen import frozen_text
from advice.grounds import source_lines
from advice.interchange import heard
from advice.letter_print import TENORS, concerns, reaction
from advice.letter_print import facts as printed_facts
from advice.letter_text import labels
from advice.models import Advice, Letter, LetterCopy
from advice.typed import blocks_of
from portal.pdf.words import dutch_date
from portal.word.runs import add_runs

LANGUAGE = "nl-NL"
COLOUR = RGBColor(0x17, 0x50, 0x6B)  # that of the printed letter
FONT = "Calibri"
LETTERHEAD = "Briefhoofd"  # portal.word.reading leaves it out: the portal knows these things itself
DOCUMENTS = {
    "advice": "Advies", "supplement": "Aanvullend advies", "questions": "Brief met vragen",
    "signal_letter": "Signaalbrief", "urgent_letter": "Spoedbrief", "counter_response": "Reactie",
    "discussion_paper": "Gespreksnotitie",
}  # fmt: skip
EMPTY: dict[str, Any] = {
    "request": None, "document": "advice", "authorities": [], "attention_of": "", "your_reference": "",
    "salutation": "", "plain_summary": "", "sections": [], "recommendations": [], "minority_views": [],
    "questions": [], "consulted": [], "attachments": [], "copy_to": [], "signatories": [], "glossary": [],
    "mandate": "", "editorial": None,
}  # fmt: skip
SIZES = {"Normal": 12, "Title": 22, "Heading 1": 16, "Heading 2": 14, "Heading 3": 12}


def draft_docx(advice: Advice) -> bytes:
    text = frozen_text(advice)
    word = begun(text, header=f"Concept van {dutch_date(localdate())} – {text['councils'][0]}")
    for section in advice.sections.all():  # also those without a text: in Word they are written further
        word.heading(section.heading)
        word.html(section.text)
    after_the_sections(word, text)
    return word.saved()


def letter_docx(letter: Letter, copy: LetterCopy | None = None) -> bytes:
    """The letter as it was sent, from its frozen text; the PDF is the record, this is to read and to quote from.

    With `copy` as that one authority got it."""
    text = {**EMPTY, "councils": [letter.council.name], "subject": letter.subject, **letter.text}
    if copy:
        text |= {"authorities": [copy.authority.name], "your_reference": copy.your_reference}
    text["consulted"] = heard(text)
    day = dutch_date(letter.dated_on)
    own = {"Ons kenmerk": letter.reference, "Datum": day}
    word = begun(text, header=f"{letter.reference}, {day} – {text['councils'][0]}", own=own, lines=under_subject(text))
    word.document.core_properties.subject = f"Brief {letter.reference}"
    for section in text["sections"]:
        if section["heading"]:
            word.heading(section["heading"])
        word.html(section["html"]) if "html" in section else word.lines(section.get("text", ""))
    after_the_sections(word, text)
    ending(word, text)
    return word.saved()


def under_subject(text: dict[str, Any]) -> list[str]:
    """What the print says there: of which letter this one is about, what was asked, the judgement, a short term."""
    request = {key: value for key, value in (text["request"] or {}).items() if key != "late_note"}
    tenor = TENORS.get(text.get("tenor", ""), "")
    found = printed_facts({**text, "request": request}, request.get("questions", []), tenor)  # type: ignore[typeddict-item]
    rows = [": ".join(filter(None, [one["label"], one["text"] + one["value"]])) for one in found]
    return [*filter(None, [concerns(text)]), *rows]  # type: ignore[arg-type]


def ending(word: "WordFile", text: dict[str, Any]) -> None:
    asked = reaction(text)  # type: ignore[arg-type]
    if asked:
        word.heading(asked["heading"])
        for due in asked["days"]:
            ground = f" ({due['article']})" if due["article"] else ""
            word.paragraph(
                f"Wij verwachten uw schriftelijke reactie uiterlijk {due['day']} aan {due['council']}{ground}."
            )
        word.lines(asked["how"])
    word.lines(text["mandate"])
    if text["editorial"]:
        adopted = dutch_date(text["editorial"]["adopted_on"])
        word.paragraph(f"Redactionele eindversie van de tekst die op {adopted} is vastgesteld.")
    for one in text["attachments"]:
        if one.get("html") or one.get("text"):
            word.heading(f"Bijlage: {one['title']}")
            word.html(one["html"]) if one.get("html") else word.lines(one["text"])
    bullet_part(word, "Uitleg van woorden", [f"{one['term']}: {one['explanation']}" for one in text["glossary"]])


def begun(
    text: dict[str, Any], *, header: str, own: dict[str, str] | None = None, lines: Sequence[str] = ()
) -> "WordFile":
    """`own`: facts of a letter that was sent, before those of the draft. `lines`: what stands under them."""
    word = WordFile(title=text["subject"] or "Advies", author=" en ".join(text["councils"]))
    word.margins(header=header)
    for council in text["councils"]:
        word.paragraph(council, LETTERHEAD, bold=True)
    word.paragraph(text["subject"] or "Zonder onderwerp", "Title")
    facts(word, text, own or {})
    for line in lines:
        word.paragraph(line, LETTERHEAD)
    if text["salutation"]:
        word.paragraph(text["salutation"], LETTERHEAD)
    if text["plain_summary"]:
        word.heading("In het kort")
        word.lines(text["plain_summary"])
    return word


def after_the_sections(word: "WordFile", text: dict[str, Any]) -> None:
    recommendations(word, text["recommendations"])
    for view in text["minority_views"]:
        word.heading("Andere mening (minderheid)")
        word.paragraph(view["by"], bold=True)
        word.lines(view["text"])
    numbered_part(word, "Onze vragen", text["questions"])
    bullet_part(word, "Met wie wij hebben gesproken", text["consulted"])
    bullet_part(word, "Bijlagen", [attachment(one) for one in text["attachments"]])
    bullet_part(word, "Afschrift aan", text["copy_to"])
    signing = [
        ", ".join(filter(None, [one["name"], one.get("role"), one.get("council")])) for one in text["signatories"]
    ]
    bullet_part(word, "Ondertekening", signing)


def facts(word: "WordFile", text: dict[str, Any], own: dict[str, str]) -> None:
    request = text["request"] or {}
    given = {
        **own,
        "Soort brief": DOCUMENTS.get(text["document"], "Advies"),
        "Aan": ", ".join(text["authorities"]),
        "Ter attentie van": text["attention_of"],
        "Uw kenmerk": text["your_reference"],
        "Uw vraag": " – ".join(
            filter(None, [request.get("subject"), dutch_date(request["date"]) if request.get("date") else ""])
        ),
    }
    for label, value in given.items():
        if value:
            word.fact(label, value)


def recommendations(word: "WordFile", found: list[dict[str, Any]]) -> None:
    if not found:
        return
    word.heading("Aanbevelingen")
    numbering = word.new_numbering()
    for one in found:
        word.list_item(one["text"], "List Number", numbering, bold=True)
        for at, paragraph in enumerate(paragraphs(one.get("reason", ""))):
            word.labelled("Waarom: " if at == 0 else "", paragraph)
        if one.get("refers_to"):
            word.labelled("Gaat over: ", one["refers_to"])
        if one.get("sources"):
            word.labelled("Bron: ", "; ".join(source_lines(one["sources"])))
        if one.get("rests_on"):
            word.labelled("Dit weten wij van: ", "; ".join(labels(one)))


def paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]


def numbered_part(word: "WordFile", title: str, lines: list[str]) -> None:
    if lines:
        word.heading(title)
        numbering = word.new_numbering()
        for line in lines:
            word.list_item(line, "List Number", numbering)


def bullet_part(word: "WordFile", title: str, lines: list[str]) -> None:
    if lines:
        word.heading(title)
        for line in lines:
            word.list_item(line, "List Bullet")


def signing(one: dict[str, Any]) -> str:
    return ", ".join(filter(None, [one["name"], one.get("role"), one.get("council")]))


def attachment(one: dict[str, Any]) -> str:
    return one["title"] or one.get("file", {}).get("name", "")


class WordFile:
    """python-docx with the few things that it leaves to its user: language, restarting numbers, page numbers."""

    def __init__(self, *, title: str, author: str):
        self.document = Document()
        about = self.document.core_properties
        about.title, about.author, about.language, about.subject = title, author, LANGUAGE, "Concept"
        about.comments = about.keywords = ""
        for name, size in SIZES.items():
            self._style(name, size)
        self.document.styles.add_style(LETTERHEAD, WD_STYLE_TYPE.PARAGRAPH).base_style = self.document.styles["Normal"]
        self.document.styles[LETTERHEAD].paragraph_format.space_after = Pt(2)
        self._speak_dutch()

    # --- the looks ---

    def _style(self, name: str, size: int) -> None:
        style = self.document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:cs"), FONT)
        layout = style.paragraph_format
        if name == "Normal":
            layout.space_after, layout.line_spacing = Pt(8), 1.25
            return
        style.font.color.rgb, style.font.bold, style.font.italic = COLOUR, True, False
        layout.space_before, layout.space_after = Pt(6 if name == "Title" else 16), Pt(4)
        layout.keep_with_next = True

    def _speak_dutch(self) -> None:
        """The language of every style, also where a style of the template says it is American."""
        for one in self.document.styles.element.iter(qn("w:lang")):
            one.set(qn("w:val"), LANGUAGE)

    def margins(self, *, header: str) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.5)
        section.header.paragraphs[0].text = header
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        foot.add_run("Bladzijde ")
        field(foot, "PAGE")
        foot.add_run(" van ")
        field(foot, "NUMPAGES")

    # --- the text ---

    def heading(self, text: str, level: int = 1) -> None:
        self.document.add_heading(text, level)

    def paragraph(self, text: str, style: str | None = None, *, bold: bool = False) -> Any:
        made = self.document.add_paragraph(style=style)
        made.add_run(text).bold = bold or None
        return made

    def lines(self, text: str) -> None:
        for part in paragraphs(text):
            self.paragraph(part)

    def fact(self, label: str, value: str) -> None:
        made = self.paragraph(f"{label}: ", LETTERHEAD, bold=True)
        made.add_run(value)

    def labelled(self, label: str, text: str) -> None:
        made = self.document.add_paragraph(style="List Continue")
        if label:
            made.add_run(label).italic = True
        made.add_run(text)

    def html(self, html: str) -> None:
        for block in blocks_of(html):
            if block.tag in ("h3", "h4"):
                add_runs(self.document.add_heading(level=2 if block.tag == "h3" else 3), block.items[0])
                continue
            numbering = self.new_numbering() if block.tag == "ol" else None
            style = {"ul": "List Bullet", "ol": "List Number", "blockquote": "Quote"}.get(block.tag)
            for item in block.items:
                made = self.document.add_paragraph(style=style)
                if numbering:
                    number(made, numbering)
                add_runs(made, item)

    def list_item(self, text: str, style: str, numbering: int = 0, *, bold: bool = False) -> None:
        made = self.paragraph(text, style, bold=bold)
        if numbering:
            number(made, numbering)

    def new_numbering(self) -> int:
        """A list that starts at 1 again, in the looks of List Number."""
        numbering = self.document.part.numbering_part.element
        of_style = self.document.styles["List Number"].element.pPr.numPr.numId.val
        abstract = numbering.num_having_numId(of_style).abstractNumId.val
        made = numbering.add_num(abstract)
        made.add_lvlOverride(ilvl=0).add_startOverride(1)
        return made.numId

    def saved(self) -> bytes:
        made = io.BytesIO()
        self.document.save(made)
        return made.getvalue()


def number(paragraph: Any, numbering: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = numbering


def field(paragraph: Any, name: str) -> None:
    """A number that Word fills in."""
    for kind in ("begin", "instr", "separate", "text", "end"):
        run = paragraph.add_run()._r
        if kind == "instr":
            made = OxmlElement("w:instrText")
            made.text = f" {name} "
        elif kind == "text":
            made = OxmlElement("w:t")
            made.text = "1"
        else:
            made = OxmlElement("w:fldChar")
            made.set(qn("w:fldCharType"), kind)
        run.append(made)
