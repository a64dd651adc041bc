"""How long a two-page letter takes: ours (archival, tagged, data inside) beside bare WeasyPrint of the same HTML.

    script/manage shell -c "import bench.letter; bench.letter.main()"

The three take turns, so that other work on the machine weighs on all of them alike.
"""

import gc
import io
import statistics
import sys
import time

import pikepdf
from django.template.loader import get_template
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from advice.letter_print import created_at, letter_context, print_letter
from portal.pdf import engine
from portal.pdf.assets import Assets, fonts
from tests.printing import IMAGES, letter_data

ROUNDS = 15
SHEETS = ["portal/pdf/sheet.css", "advice/pdf/letter.css"]


def main() -> None:
    letter = letter_data("long", attachments=[])
    ways = {
        "ours, as the worker does it": lambda: print_letter(letter, images=IMAGES),
        "bare WeasyPrint, fonts and sheets kept": lambda: bare(letter, kept),
        "bare WeasyPrint, fonts and sheets read each time": lambda: bare(letter, sheets()),
    }
    kept = sheets()
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for name, make in ways.items():  # warm, and what we measure is really two pages
        with pikepdf.open(io.BytesIO(make())) as document:
            sys.stdout.write(f"{len(document.pages)} pages  {name}\n")
    for _round in range(ROUNDS):
        for name, make in ways.items():
            gc.collect()
            start = time.perf_counter()
            make()
            taken[name].append(time.perf_counter() - start)
    for name, seconds in taken.items():
        best, middle = min(seconds), statistics.median(seconds)
        sys.stdout.write(f"{middle:.3f} s median, {best:.3f} s best of {ROUNDS}  {name}\n")


def sheets() -> tuple[FontConfiguration, list[CSS]]:
    configuration = FontConfiguration()
    texts = [get_template(name).render() for name in SHEETS]
    return configuration, [CSS(string=text, url_fetcher=Assets(fonts()), font_config=configuration) for text in texts]


def bare(letter, prepared: tuple[FontConfiguration, list[CSS]]) -> bytes:
    configuration, css = prepared
    context = letter_context(letter)
    about = {"title": letter["subject"], "author": context["sender"], "subject": "", "created": created_at(letter)}
    html = get_template("advice/pdf/letter.html").render({**context, "document": about | {"language": "nl"}})
    assets = Assets({**IMAGES, engine.QR: engine.qr_code(context["url"])})
    page = HTML(string=html, url_fetcher=assets, base_url="asset:")
    return page.write_pdf(font_config=configuration, stylesheets=css)
