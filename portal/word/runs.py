"""One line of our small HTML as the runs of a Word paragraph: heavy, stressed, links and line ends."""

from typing import Any

import tinyhtml5
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.run import Run


def add_runs(paragraph: Any, html: str) -> None:
    line = tinyhtml5.parse(f"<p>{html}</p>", namespace_html_elements=False).find("body")[0]
    _inside(paragraph, paragraph._p, line, bold=False, italic=False)


def _inside(paragraph: Any, holder: Any, element: Any, *, bold: bool, italic: bool) -> None:
    _run(paragraph, holder, element.text, bold=bold, italic=italic)
    for child in element:
        if child.tag == "br":
            _run(paragraph, holder, "", bold=bold, italic=italic).add_break()
        elif child.tag == "a":
            _inside(paragraph, _link(paragraph, holder, child.get("href", "")), child, bold=bold, italic=italic)
        else:
            _inside(paragraph, holder, child, bold=bold or child.tag == "strong", italic=italic or child.tag == "em")
        _run(paragraph, holder, child.tail, bold=bold, italic=italic)


def _run(paragraph: Any, holder: Any, text: str | None, *, bold: bool, italic: bool) -> Any:
    if text is None:
        return None
    made = OxmlElement("w:r")
    holder.append(made)
    run = Run(made, paragraph)
    run.text = text
    run.bold, run.italic = bold or None, italic or None
    if holder is not paragraph._p:
        run.underline = True
    return run


def _link(paragraph: Any, holder: Any, address: str) -> Any:
    made = OxmlElement("w:hyperlink")
    made.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    holder.append(made)
    return made
