"""A visitor in a real Chromium, who reads labels and names of buttons, and looks at every page she passes.

`visitor.open(path)`, `visitor.fill("Onderwerp", "…")`, `visitor.press("Opslaan")`, `visitor.follow("Adviezen")`,
`visitor.sees("…")`. Every page is judged when it arrives: axe, one h1, a title, nothing in the console, no violation of
the Content-Security-Policy, no sideways scroll. With `keyboard=True` everything goes by Tab, Space and Enter.
"""

import hashlib
import os
import re
from datetime import date
from pathlib import Path

from playwright.sync_api import ConsoleMessage, Locator, Page, Response

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
FIELDS = "input, select, textarea, [role=textbox]"  # the editor of a rich text is the last
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# A person's pace, in seconds.
CLICK, KEYSTROKE, READING = 1.2, 0.28, 4.0
MOST_TABS = 300
JUDGE = """async (tags) => {
  const result = await axe.run(document, {runOnly: tags, resultTypes: ["violations"]});
  return result.violations.map((violation) => ({
    id: violation.id, help: violation.help,
    nodes: violation.nodes.map((node) => node.html.slice(0, 200) + "  " + (node.failureSummary || "").slice(0, 300)),
  }));
}"""
REPORT_CSP = """document.addEventListener("securitypolicyviolation",
  (event) => console.error("CSP: " + event.violatedDirective + " " + event.blockedURI));"""
SHAPE = """() => ({
  headings: document.querySelectorAll("h1").length,
  title: document.title, language: document.documentElement.lang,
  wide: document.documentElement.scrollWidth, room: document.documentElement.clientWidth,
  dead: [...document.querySelectorAll("a")].filter((link) => {
    const address = link.getAttribute("href");
    return !address || (address.length > 1 && address[0] === "#" && !document.getElementById(address.slice(1)));
  }).map((link) => link.outerHTML.slice(0, 200)),
})"""

judged: dict[str, int] = {}  # page and width → how often it was passed
_clean: set[str] = set()


def named(text: str) -> re.Pattern[str]:
    """The whole name, with or without "(niet verplicht)" and with or without what a screen reader hears after it."""
    return re.compile(rf"^\s*{re.escape(text)}\s*(\(niet verplicht\))?\s*(:.*)?$", re.DOTALL | re.IGNORECASE)


class Visitor:
    def __init__(self, page: Page, base_url: str, *, javascript: bool = True, keyboard: bool = False):
        self.page, self.base_url, self.javascript, self.keyboard = page, base_url, javascript, keyboard
        self.faults: list[str] = []
        self.passed: list[str] = []
        self.clicks = self.keys = 0
        page.set_default_timeout(15_000)
        page.set_default_navigation_timeout(40_000)
        if javascript:
            page.add_init_script(REPORT_CSP)
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.faults.append(f"JavaScript: {error}"))
        page.on("response", self._answered)

    # --- what she does ------------------------------------------------------

    def open(self, path: str, status: int = 200) -> None:
        self.clicks += 1
        url = path if path.startswith("http") else self.base_url + path
        self._arrived(self.page.goto(url), status)

    def press(self, name: str, about: str | None = None, *, status: int = 200, within: str = "") -> None:
        """Press a button. `about` is what a screen reader hears after its name."""
        self._go(self._one("button", name, about, within), status)

    def follow(self, name: str, about: str | None = None, *, status: int = 200, within: str = "") -> None:
        self._go(self._one("link", name, about, within), status)

    def fill(self, label: str, text: object, *, within: str = "") -> None:
        field = self._field(label, within)
        self.keys += len(str(text))
        self.clicks += 1
        if self.keyboard:
            self._reach(field)
            self.page.keyboard.press("Control+A")
            self.page.keyboard.insert_text(str(text))
        else:
            field.fill(str(text))

    def fill_date(self, legend: str, day: date, time: str = "") -> None:
        parts = {"Dag": day.day, "Maand": day.month, "Jaar": day.year, **({"Tijd": time} if time else {})}
        group = self._room(legend)
        for label, value in parts.items():
            field = self._there(group.get_by_label(label, exact=True))
            self.keys += len(str(value)) + 1
            if self.keyboard:
                self._reach(field)
                self.page.keyboard.press("Control+A")
                self.page.keyboard.type(str(value))
            else:
                field.fill(str(value))

    def choose(self, option: str, *, within: str = "") -> None:
        """A radio button or a checkbox."""
        field = self._field(option, within)
        self.clicks += 1
        if field.is_checked():
            return
        if self.keyboard:
            self._reach(field)
            if not field.is_checked():
                self.page.keyboard.press("Space")
        else:
            field.check()

    def untick(self, option: str, *, within: str = "") -> None:
        self.clicks += 1
        self._field(option, within).uncheck()

    def select(self, label: str, option: str, *, within: str = "") -> None:
        field = self._field(label, within)
        self.clicks += 2
        if self.keyboard:
            self._reach(field)
            self.page.keyboard.type(option)
            chosen = field.evaluate("select => select.selectedOptions[0].label")
            assert chosen == option, f"{label}: {chosen} is chosen by the keys, not {option}"
        else:
            field.select_option(label=option)

    def upload(self, label: str, *files: Path) -> None:
        self.clicks += 3
        self._field(label, "").set_input_files([str(file) for file in files])

    def unfold(self, summary: str) -> None:
        self.clicks += 1
        fold = self.page.locator("summary").filter(has_text=summary).locator("visible=true").first
        if self.keyboard:
            self._reach(fold)
            self.page.keyboard.press("Enter")
        else:
            fold.click()
        self._judge()

    def download(self, name: str, about: str | None = None, *, within: str = "") -> bytes:
        """What lies behind a link, with the visitor's own session."""
        self.clicks += 1
        address = self._one("link", name, about, within).get_attribute("href")
        return self.fetch(address or "")

    def fetch(self, path: str) -> bytes:
        answer = self.page.request.get(path if path.startswith("http") else self.base_url + path)
        assert answer.status == 200, f"{path}: {answer.status}"
        return answer.body()

    # --- what she sees ------------------------------------------------------

    @property
    def words(self) -> str:
        return " ".join(self.page.locator("body").inner_text().split())

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.base_url)

    def sees(self, *texts: str) -> None:
        for text in texts:
            assert text.casefold() in self.words.casefold(), f"“{text}” is not on {self.path}:\n{self.words[:3000]}"

    def misses(self, *texts: str) -> None:
        source = self.page.content()
        for text in texts:
            assert text.casefold() not in source.casefold(), f"“{text}” is on {self.path}"

    def holds(self, label: str, value: str, *, within: str = "") -> None:
        """What was typed is still there."""
        field = self._field(label, within)
        assert field.evaluate("field => field.value ?? field.innerText") == value

    @property
    def minutes(self) -> float:
        """How long a person needs who reads every page and types with two fingers."""
        return (self.clicks * CLICK + self.keys * KEYSTROKE + len(self.passed) * READING) / 60

    # --- how ----------------------------------------------------------------

    def _room(self, within: str) -> Page | Locator:
        if not within:
            return self.page
        name = named(within)
        found = self.page.get_by_role("group", name=name).or_(self.page.get_by_role("radiogroup", name=name))
        return found.or_(self.page.get_by_role("region", name=name))

    def _field(self, label: str, within: str) -> Locator:
        found = self._room(within).get_by_label(named(label)).and_(self.page.locator(FIELDS))
        return self._there(found.locator("visible=true"))

    def _one(self, role: str, name: str, about: str | None, within: str) -> Locator:
        pattern = named(name) if about is None else re.compile(rf"^{re.escape(name)}\s*:\s*{re.escape(about)}")
        room = self.page.locator(within) if within else self.page
        found = room.get_by_role(role, name=pattern).locator("visible=true")  # type: ignore[arg-type]
        main = self.page.get_by_role("main").get_by_role(role, name=pattern).locator("visible=true")  # type: ignore[arg-type]
        # The same link may stand in the menu and on the page; two in the page itself are a fault.
        return self._there(main if not within and main.count() else found)

    def _there(self, found: Locator) -> Locator:
        """One and only one, or links to the same address; else say what the page has."""
        addresses = {link.get_attribute("href") for link in found.all()} if found.count() > 1 else set()
        if len(addresses) == 1 and None not in addresses:
            return found.first
        if found.count() != 1:
            outline = self.page.get_by_role("main").aria_snapshot()
            raise AssertionError(f"{found.count()} × {found} on {self.path}:\n{outline}")
        return found

    def _go(self, target: Locator, status: int) -> None:
        self.clicks += 1
        with self.page.expect_navigation() as arriving:
            if self.keyboard:
                self._reach(target)
                self.page.keyboard.press("Enter")
            else:
                target.click()
        self._arrived(arriving.value, status)

    def _reach(self, target: Locator) -> None:
        """Tab until the target has the focus; inside a group of radio buttons by the arrow keys."""
        target.wait_for()
        radio = target.get_attribute("type") == "radio"
        for _ in range(MOST_TABS):
            if target.evaluate("element => element === document.activeElement"):
                return
            if radio and target.evaluate("element => document.activeElement.name === element.name"):
                self.page.keyboard.press("ArrowDown")
            else:
                self.page.keyboard.press("Tab")
        raise AssertionError(f"{target} cannot be reached by the keyboard on {self.path}")

    def _heard(self, message: ConsoleMessage) -> None:
        # Chromium says so of every answer above 399; `_arrived` and `_answered` judge those.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"console: {message.text}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.request.resource_type != "document":
            self.faults.append(f"{response.status} {response.url}")

    def _arrived(self, response: Response | None, status: int) -> None:
        seen = response.status if response else 200
        assert seen == status, f"{self.path} answered {seen}, not {status}:\n{self.words[:2000]}"
        self.passed.append(self.path)
        self._judge()

    def _judge(self) -> None:
        width = self.page.viewport_size["width"]  # type: ignore[index]
        shape = self.page.evaluate(SHAPE)
        if shape["headings"] != 1:
            self.faults.append(f"{shape['headings']} headings of the first level")
        if not shape["title"].strip() or not shape["language"]:
            self.faults.append("no title or no language")
        if shape["wide"] > shape["room"]:
            self.faults.append(f"scrolls sideways: {shape['wide']} px in {shape['room']} px")
        self.faults += [f"leads nowhere: {link}" for link in shape["dead"]]
        if self.javascript:
            self._ask_axe(width)
        self._picture(width)
        assert not self.faults, f"{self.path} at {width} px:\n" + "\n".join(self.faults)

    def _ask_axe(self, width: int) -> None:
        name = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+", "#", self.path.partition("?")[0])
        judged[f"{name} {width}"] = judged.get(f"{name} {width}", 0) + 1
        content = re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"', "", self.page.content())
        key = hashlib.sha256(f"{width} {content}".encode()).hexdigest()
        if key in _clean:
            return
        self.page.evaluate(AXE.read_text() + ";0")
        for violation in self.page.evaluate(JUDGE, AXE_TAGS):
            self.faults.append(f"axe {violation['id']}: {violation['help']}")
            self.faults += [f"    {node}" for node in violation["nodes"][:5]]
        if not self.faults:
            _clean.add(key)

    def _picture(self, width: int) -> None:
        folder = os.environ.get("PORTAL_SHOTS")
        if folder:
            name = re.sub(r"[^a-z0-9]+", "-", self.path.lower()).strip("-")[:80] or "home"
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=f"{folder}/{len(self.passed):03}-{name}-{width}.png", full_page=True)
