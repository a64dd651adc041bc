"""The tag tree of a PDF, as a screen reader walks it, cleaned of what layout left in it.

WeasyPrint makes two elements of one that runs over a page, a Span of every line, and items without a label.
"""

from typing import Any

import pydyf  # type: ignore[import-untyped]

HOLLOW = {"/Div", "/NonStruct", "/Span"}  # not worth a place in the tree without content: <br>, fold marks
# A table that runs over a page stays two tables on purpose: each part has its own repeated head.
UNSPLITTABLE = {"/Table", "/THead", "/TBody", "/TR", "/TH", "/TD", "/Figure"}


def tidy(pdf: pydyf.PDF, page_heights: list[float]) -> None:
    """Join what a page break split, give list items a label, tables a scope, figures their place."""
    TagTree(pdf, page_heights).tidy()


class TagTree:
    def __init__(self, pdf: pydyf.PDF, page_heights: list[float]) -> None:
        self.pdf = pdf
        root = self.at(pdf.catalog["StructTreeRoot"])
        self.document = self.at(root["K"][0])
        self.numbers = self.at(root["ParentTree"])["Nums"]
        self.height_of = dict(zip(pdf.page_references, page_heights, strict=True))
        self.now_at: dict[bytes, bytes] = {}  # reference that went away -> reference that took over its content

    def at(self, reference: bytes) -> Any:
        return self.pdf.objects[int(bytes(reference).split()[0])]

    def kids(self, element: Any) -> list[Any]:
        """The structure elements directly under this one."""
        found = (self.at(kid) for kid in element.get("K", ()) if not isinstance(kid, (int, dict)))
        return [kid for kid in found if kid.get("Type") == "/StructElem"]

    def tidy(self) -> None:
        self.clean(self.document)
        for i, entry in enumerate(self.numbers):
            if isinstance(entry, bytes):
                self.numbers[i] = self.current(entry)
            elif isinstance(entry, list):
                entry[:] = [self.current(reference) for reference in entry]

    def current(self, reference: bytes) -> bytes:
        while reference in self.now_at:
            reference = self.now_at[reference]
        return reference

    def clean(self, element: Any) -> None:
        self.join_fragments(element)
        for kid in self.kids(element):
            self.clean(kid)
            if kid["S"] in HOLLOW and not kid["K"]:
                element["K"].remove(kid.reference)
                kid.clear()
        self.take_in_lines(element)
        match element["S"]:
            case "/LI":
                self.label(element)
            case "/L":
                if element.source.tag == "ol":
                    element["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": "/Decimal"})
            case "/TH":
                scope = "/Row" if element.source.get("scope") == "row" else "/Column"
                element["A"]["Scope"] = scope
            case "/Figure":
                self.place(element)

    def join_fragments(self, element: Any) -> None:
        """An element that runs over a page or a line becomes one structure element again."""
        kept: list[Any] = []
        for kid in element["K"]:
            before: Any = self.at(kept[-1]) if kept and isinstance(kept[-1], bytes) else {}
            this: Any = self.at(kid) if isinstance(kid, bytes) else {}
            if self.belong_together(before, this):
                before["K"].extend(this["K"])
                for grandchild in self.kids(this):
                    grandchild["P"] = before.reference
                self.now_at[kid] = before.reference
                this.clear()
            else:
                kept.append(kid)
        element["K"] = pydyf.Array(kept)

    def belong_together(self, one: Any, other: Any) -> bool:
        source = getattr(one, "source", None)
        if source is None or source is not getattr(other, "source", None):
            return False
        if one["S"] != other["S"] or one.source_tag != other.source_tag or one["S"] in UNSPLITTABLE:
            return False
        direct = any(isinstance(kid, int) for kid in other["K"])
        return not direct or one["Pg"] == other["Pg"]

    def take_in_lines(self, element: Any) -> None:
        """WeasyPrint makes a Span of every line; its content belongs directly to the paragraph."""
        kids = []
        for kid in element["K"]:
            line = self.at(kid) if isinstance(kid, bytes) else {}
            if line.get("S") == "/Span" and not hasattr(line, "source"):
                for mcid in line["K"]:
                    kids.append(
                        mcid
                        if line["Pg"] == element["Pg"]
                        else pydyf.Dictionary({"Type": "/MCR", "Pg": line["Pg"], "MCID": mcid})
                    )
                self.now_at[kid] = element.reference
                line.clear()
            else:
                kids.append(kid)
        element["K"] = pydyf.Array(kids)

    def label(self, item: Any) -> None:
        """LI holds Lbl and LBody and nothing else; a printed number marked class="nr" is the Lbl."""
        kids = self.kids(item)
        body: Any = next((kid for kid in kids if kid["S"] == "/LBody"), None)
        strays = [kid for kid in kids if kid["S"] not in ("/Lbl", "/LBody")]
        if strays and body is None:
            body = pydyf.Dictionary(
                {"Type": "/StructElem", "S": "/LBody", "K": pydyf.Array(), "P": item.reference, "Pg": strays[0]["Pg"]}
            )
            self.pdf.add_object(body)
            item["K"].append(body.reference)
        for stray in strays:
            item["K"].remove(stray.reference)
            body["K"].append(stray.reference)
            stray["P"] = body.reference
        holder, number = self.printed_number(body)
        if number is not None:
            holder["K"].remove(number.reference)
            item["K"].insert(0, number.reference)
            number["P"], number["S"] = item.reference, "/Lbl"

    def printed_number(self, body: Any) -> tuple[Any, Any]:
        """The first element of the body, or of its first paragraph, when it is the printed number."""
        holder = body
        while holder is not None and (kids := self.kids(holder)):
            first = kids[0]
            if getattr(first, "source", None) is not None and first.source.get("class") == "nr":
                return holder, first
            holder = first
        return None, None

    def place(self, figure: Any) -> None:
        """BBox in points from the lower left corner, as PDF counts; WeasyPrint gives CSS pixels from the top."""
        left, top, right, bottom = figure["A"]["BBox"]
        height = self.height_of[figure["Pg"]]
        figure["A"]["BBox"] = pydyf.Array(
            round(value, 2) for value in (left * 0.75, height - bottom * 0.75, right * 0.75, height - top * 0.75)
        )
