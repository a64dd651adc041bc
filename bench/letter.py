"""How long a letter takes: ours (archival, tagged, data inside) beside bare WeasyPrint of the same HTML.

    script/manage shell -c "import bench.letter; bench.letter.main()"
    script/manage shell -c "import bench.letter; bench.letter.hundred()"

The ways take turns, so that other work on the machine weighs on all of them alike. `hundred` prints
100 letters one after the other; with queue and database it is measured in tests/faults/test_hundred_letters.py.
"""

import gc
import io
import os
import statistics
import sys
import time

import pikepdf
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from advice.letter_print import print_letter
from portal.pdf import engine
from portal.pdf.assets import Assets, fonts
from portal.pdf.job import Job
from portal.pdf.press import press
from portal.pdf.typesetting import typeset
from tests.printing import IMAGES, letter_data

ROUNDS = 15


def main() -> None:
    for name, letter in (("two pages", two_pages()), ("40 recommendations", forty())):
        measure(name, letter)


def two_pages() -> dict:
    return letter_data("long", attachments=[])


def forty() -> dict:
    reason = "Inwoners wachten nu te lang. Dat kost geld, en het kost hun gezondheid. " * 8
    asked = [
        {"number": number, "text": f"Geef binnen {number} weken antwoord.", "reason": reason} for number in range(1, 41)
    ]
    return letter_data("long", attachments=[], recommendations=asked)


def measure(name: str, letter: dict) -> None:
    job = job_of(letter)
    kept = sheets(job)
    ways = {
        "ours, whole: template, press, file": lambda: print_letter(letter, images=IMAGES),
        "ours, in this process": lambda: typeset(job),
        "bare WeasyPrint, fonts and sheets kept": lambda: bare(job, kept),
        "bare WeasyPrint, fonts and sheets read each time": lambda: bare(job, sheets(job)),
    }
    taken: dict[str, list[float]] = {way: [] for way in ways}
    for way, make in ways.items():  # warm, and what we measure really has these pages
        with pikepdf.open(io.BytesIO(make())) as document:
            sys.stdout.write(f"{name}: {len(document.pages)} pages  {way}\n")
    for _round in range(ROUNDS):
        for way, make in ways.items():
            gc.collect()
            start = time.perf_counter()
            make()
            taken[way].append(time.perf_counter() - start)
    for way, seconds in taken.items():
        best, middle = min(seconds), statistics.median(seconds)
        sys.stdout.write(f"{middle:.3f} s median, {best:.3f} s best of {ROUNDS}  {name}, {way}\n")
    sys.stdout.write(f"{press().child.memory} MB in use by the press\n")


def job_of(letter: dict) -> Job:
    """What our letter asks of the press."""
    asked: list[Job] = []
    usual = engine.render
    engine.render = lambda *args, **options: asked.append(engine.job(*args, **options)) or b""
    try:
        print_letter(letter, images=IMAGES)
    finally:
        engine.render = usual
    return asked[0]


def sheets(job: Job) -> tuple[FontConfiguration, list[CSS]]:
    configuration = FontConfiguration()
    return configuration, [
        CSS(string=css, url_fetcher=Assets(fonts()), font_config=configuration)
        for css in (*job.sheets, job.theme)
        if css
    ]


def bare(job: Job, prepared: tuple[FontConfiguration, list[CSS]]) -> bytes:
    configuration, css = prepared
    page = HTML(string=job.html, url_fetcher=Assets(job.images), base_url="asset:")
    return page.write_pdf(font_config=configuration, stylesheets=css)


def hundred() -> None:
    letters = [two_pages() | {"reference": f"ASD/26/{number:03}"} for number in range(100)]
    press().stop()
    start = time.perf_counter()
    print_letter(letters[0], images=IMAGES)
    first = time.perf_counter() - start
    taken = []
    for letter in letters[1:]:
        begin = time.perf_counter()
        print_letter(letter, images=IMAGES)
        taken.append(time.perf_counter() - begin)
    whole = time.perf_counter() - start
    slowest = sorted(taken)[94]
    sys.stdout.write(
        f"100 letters in {whole:.1f} s; the first {first:.2f} s (with the start of the press), then"
        f" {statistics.median(taken):.3f} s median, {slowest:.3f} s at 95 %; load {os.getloadavg()[0]:.1f}\n"
    )


if __name__ == "__main__":
    main()
