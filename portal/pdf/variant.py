"""One file that is PDF/A-3a and PDF/UA-1: the variant that WeasyPrint lacks.

Works on the internals of WeasyPrint 70.0, which is therefore pinned; the validator in the tests judges the result.
"""

from typing import Any

from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf import VARIANTS, pdfa, tags

from portal.pdf.tagtree import tidy

NAME = "pdf/a-3a+ua-1"
POINTS_PER_PIXEL = 0.75
# PDF/A wants every property outside its own schemas described in the file.
UA_IDENTIFICATION = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF>"""


def install() -> None:
    """Register the variant and let every structure element remember the HTML element it came from."""
    VARIANTS[NAME] = (write, VARIANTS["pdf/a-3a"][1])
    if tags._build_box_tree is not remembering:
        tags._build_box_tree = remembering


def write(pdf: Any, document: Any, page_streams: Any, attachments: Any, compress: bool) -> None:
    tidy(pdf, [page.height * POINTS_PER_PIXEL for page in document.pages])
    describe = document.metadata.generate_rdf_metadata
    document.metadata.generate_rdf_metadata = lambda *args: describe(*args).replace(b"</rdf:RDF>", UA_IDENTIFICATION)
    try:
        pdfa.pdfa(pdf, document, page_streams, attachments, compress, version=3, variant="A")
    finally:
        document.metadata.generate_rdf_metadata = describe


def remembering(box: Any, *args: Any, _build: Any = tags._build_box_tree) -> Any:
    source = box._box if isinstance(box, AbsolutePlaceholder) else box
    for element in _build(box, *args):
        if not hasattr(element, "source"):
            element.source, element.source_tag = source.element, source.element_tag
        yield element
