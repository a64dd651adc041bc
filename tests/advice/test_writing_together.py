"""Fifty people write in one advice, at random: no text is lost, and nobody overwrites a text without having seen it.

`WRITING_STEPS=10000 pytest tests/advice/test_writing_together.py -s` takes that many steps and prints what happened.
"""

import os
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from advice.actions import drafting, drafts, saving
from advice.actions.saving import PartGone, StaleVersion
from advice.models import Advice, Recommendation, RecommendationSave, Section, SectionSave
from advice.states import AdviceState
from portal.access import Refused
from tests import factories

pytestmark = pytest.mark.django_db
PEOPLE = 50
STEPS_EACH = 250  # on one advice
STEPS = int(os.environ.get("WRITING_STEPS", "750"))
Part = Section | Recommendation


@dataclass
class Tab:
    """A page that somebody has open; it may be old. `version` 0 stands for a part that is new."""

    person: Any
    kind: type[Part]
    part: Part | None
    version: int


@dataclass
class Ledger:
    """What must be true at the end, over all advices of a run."""

    counts: Counter = field(default_factory=Counter)
    submitted: list[tuple[int, int, type[Part], str]] = field(default_factory=list)  # advice, author, kind, text
    silent: list[str] = field(default_factory=list)

    def lost(self) -> list[tuple[int, int, type[Part], str]]:
        kept = {
            (save.advice_id, save.author_id, kind, save.text)
            for kind, saves in ((Section, SectionSave), (Recommendation, RecommendationSave))
            for save in saves.objects.filter(advice__in={one[0] for one in self.submitted})
        }
        return [one for one in self.submitted if one not in kept]


class Writing:
    """One advice. What happens is drawn from a seed, so that a run can be had again."""

    def __init__(self, ledger: Ledger, council: Any, people: list[Any], seed: int) -> None:
        self.ledger, self.council, self.people = ledger, council, people
        self.random = random.Random(seed)
        self.advice = factories.AdviceFactory(council=self.council)
        for position in range(1, 4):
            factories.SectionFactory(advice=self.advice, position=position, text=f"<p>begin {position}</p>")
            factories.RecommendationFactory(advice=self.advice, number=position, text=f"begin {position}")
        self.tabs: list[Tab] = []
        self.seen: set[tuple[int, type[Part], int, str]] = set()  # person, kind, part, text

    def go(self, steps: int) -> None:
        chances = {self.opens: 30, self.submits: 45, self.keeps_a_draft: 15, self.removes: 5, self.is_adopted: 2}
        for step in self.random.choices(list(chances), list(chances.values()), k=steps):
            step()
            if self.random.random() < 0.2:
                self.is_reopened()
            self.ledger.counts["steps"] += 1

    def somebody(self) -> Any:
        return self.random.choice(self.people)

    def some_tab(self) -> Tab:
        """Any page that is open, however old."""
        if not self.tabs:
            self.opens()
        return self.random.choice(self.tabs)

    def some_part(self) -> Part | None:
        kind = self.random.choice([Section, Recommendation])
        parts = list(kind.objects.filter(advice=self.advice).order_by("pk"))
        return self.random.choice(parts) if parts else None

    # --- what people do ---

    def opens(self) -> None:
        part, person = self.some_part(), self.somebody()
        self.ledger.counts["opened"] += 1
        if part is None or self.random.random() < 0.08:
            self.tabs.append(Tab(person, self.random.choice([Section, Recommendation]), None, 0))
            return
        self.sees(person, type(part), part.pk, part.text)
        self.tabs.append(Tab(person, type(part), part, part.version))

    def submits(self) -> None:
        tab = self.some_tab()
        text, before = self.typed(tab), self.texts()
        try:
            part = self.save(tab, text)
        except StaleVersion as stale:
            self.ledger.counts["stale"] += 1
            self.sees(tab.person, tab.kind, tab.part.pk, stale.current.text)  # the page with both texts
            tab.version = stale.current.version
        except PartGone:
            self.ledger.counts["gone"] += 1
            tab.part, tab.version = None, 0
        else:
            self.ledger.counts["saved"] += 1
            tab.part, tab.version = part, part.version
            self.judge(tab.person, before)
            self.sees(tab.person, tab.kind, part.pk, text)  # also when it stood there already: she typed it herself
            return
        self.judge(tab.person, before)

    def keeps_a_draft(self) -> None:
        tab = self.some_tab()
        text, before = self.typed(tab), self.texts()
        part = tab.kind.objects.filter(pk=tab.part.pk).first() if tab.part else None
        if tab.kind is Section:
            drafts.keep_section_draft(self.advice, part, heading="Kop", text=text, version=tab.version, by=tab.person)
        else:
            drafts.keep_recommendation_draft(
                self.advice, part, text=text, why="", refers_to="", version=tab.version, by=tab.person
            )
        self.ledger.counts["drafts"] += 1
        assert self.texts() == before

    def removes(self) -> None:
        part = self.some_part()
        if part is None:
            return
        verb: Any = drafting.remove_section if isinstance(part, Section) else drafting.remove_recommendation
        try:
            verb(part, by=self.somebody())
        except Refused:
            return
        self.ledger.counts["removed"] += 1
        self.ledger.submitted.append((self.advice.pk, self.author_of(part), type(part), part.text))

    def is_adopted(self) -> None:
        Advice.objects.filter(pk=self.advice.pk).update(state=AdviceState.ADOPTED)
        self.ledger.counts["adopted"] += 1

    def is_reopened(self) -> None:
        Advice.objects.filter(pk=self.advice.pk).update(state=AdviceState.DRAFT)

    # --- the ledger ---

    def typed(self, tab: Tab) -> str:
        """Mostly a text of its own; sometimes one that others type too."""
        text = "Goed." if self.random.random() < 0.1 else f"Tekst {len(self.ledger.submitted)}"
        text = f"<p>{text}</p>" if tab.kind is Section else text
        self.ledger.submitted.append((self.advice.pk, tab.person.pk, tab.kind, text))
        return text

    def save(self, tab: Tab, text: str) -> Any:
        by = tab.person
        if tab.kind is Section:
            if tab.version == 0:
                return saving.add_section(self.advice, heading="Kop", text=text, by=by)
            return saving.save_section(self.advice, tab.part, heading="Kop", text=text, version=tab.version, by=by)
        if tab.version == 0:
            return saving.add_recommendation(self.advice, text=text, by=by)
        return saving.save_recommendation(self.advice, tab.part, text=text, version=tab.version, by=by)

    def texts(self) -> dict[tuple[type[Part], int], str]:
        return {
            (kind, part.pk): part.text for kind in (Section, Recommendation)
            for part in kind.objects.filter(advice=self.advice)
        }  # fmt: skip

    def sees(self, person: Any, kind: type[Part], pk: int, text: str) -> None:
        self.seen.add((person.pk, kind, pk, text))

    def judge(self, person: Any, before: dict[tuple[type[Part], int], str]) -> None:
        """Whatever stands there in place of another text was put there by who had seen the other."""
        for (kind, pk), text in self.texts().items():
            old = before.get((kind, pk), text)
            if old != text and (person.pk, kind, pk, old) not in self.seen:
                self.ledger.silent.append(f"{old} → {text}")
            if old != text or (kind, pk) not in before:
                self.sees(person, kind, pk, text)

    def author_of(self, part: Part) -> int:
        kind = type(part)
        saves: Any = SectionSave if kind is Section else RecommendationSave
        id_of = "section_id" if kind is Section else "recommendation_id"
        return saves.objects.filter(**{id_of: part.pk}, text=part.text).latest("pk").author_id


@pytest.fixture
def run(council) -> Iterator[Any]:
    people = factories.PersonFactory.create_batch(PEOPLE)

    def run(steps: int) -> Ledger:
        ledger = Ledger()
        for seed in range(max(1, steps // STEPS_EACH)):
            Writing(ledger, council, people, seed).go(min(steps, STEPS_EACH))
        return ledger

    return run


def test_no_text_is_lost_and_none_overwritten_unseen(run):
    ledger = run(STEPS)
    lost = ledger.lost()
    counts = ", ".join(f"{number} {name}" for name, number in ledger.counts.items())
    print(f"\n{counts}; {len(ledger.submitted)} texts, {len(lost)} lost, {len(ledger.silent)} overwritten unseen")
    assert lost == []
    assert ledger.silent == []
    assert all(ledger.counts[name] for name in ("saved", "stale", "gone", "drafts", "removed", "adopted"))


def test_control_without_the_check_of_versions_texts_are_overwritten_unseen(run, monkeypatch):
    def any_version(current: Section, *, heading: str, text: str, version: int, by: Any) -> bool:
        return real_section(current, heading=heading, text=text, version=current.version, by=by)

    def any_version_of_two(current: Recommendation, typed: Any, heard: Any, *, version: int, by: Any) -> bool:
        return real_recommendation(current, typed, heard, version=current.version, by=by)

    real_section, real_recommendation = saving.took_its_place, saving.recommendation_took_its_place
    monkeypatch.setattr(saving, "took_its_place", any_version)
    monkeypatch.setattr(saving, "recommendation_took_its_place", any_version_of_two)
    assert len(run(300).silent) > 0


def test_control_a_text_that_is_not_kept_is_missed(run, monkeypatch):
    monkeypatch.setattr(saving, "keep", lambda advice, section_id, **kept: advice)
    assert len(run(200).lost()) > 0
