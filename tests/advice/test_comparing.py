"""Two texts of an advice beside each other."""

import random

import pytest
from django.urls import reverse

from advice.actions.drafting import move_recommendation
from advice.actions.saving import add_recommendation, save_section
from advice.actions.versions import make_version
from advice.comparing import compare, longest_rising, summary
from advice.frozen import frozen_text
from tests import factories

BUS = {"number": 1, "text": "Houd het busje naar de dagbesteding.", "reason": "Mensen kunnen niet zelf komen."}
WAIT = {"number": 2, "text": "Maak de wachttijd bij het loket korter.", "reason": "Mensen wachten acht weken."}
DESK = {"number": 3, "text": "Open het loket ook op vrijdag.", "reason": "Werkende mantelzorgers komen dan."}


def states(old, new, title="Recommendations"):
    group = next(one for one in compare(old, new) if one.title == title)
    return [(part.title, part.state, part.moved) for part in group.parts]


def numbered(*found):
    return {"recommendations": [{**one, "number": number} for number, one in enumerate(found, 1)]}


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


def test_a_recommendation_that_got_another_place_has_moved():
    assert states(numbered(BUS, WAIT, DESK), numbered(DESK, BUS, WAIT)) == [
        ("Recommendation 1", "same", True), ("Recommendation 2", "same", False), ("Recommendation 3", "same", False),
    ]  # fmt: skip


def test_one_that_moved_and_changed_is_not_called_removed_and_new():
    changed = {**DESK, "text": "Open het loket ook op vrijdag en op zaterdag."}

    assert states(numbered(BUS, WAIT, DESK), numbered(changed, BUS, WAIT))[0] == ("Recommendation 1", "changed", True)


def test_one_that_only_counts_on_has_not_changed():
    found = states(numbered(BUS, WAIT), numbered(DESK, BUS, WAIT))

    assert found == [
        ("Recommendation 1", "new", False), ("Recommendation 2", "same", False), ("Recommendation 3", "same", False),
    ]  # fmt: skip


def test_what_has_gone_stands_where_it_stood():
    assert [row[1] for row in states(numbered(BUS, WAIT, DESK), numbered(BUS, DESK))] == ["same", "gone", "same"]


def test_every_part_of_the_text_is_compared():
    old = {
        "subject": "Vervoer", "plain_summary": "Kort.", "tenor": "none",
        "sections": [{"heading": "Aanleiding", "html": "<p>Het contract stopt.</p>"}],
        "questions": ["Wat kost het?"], "minority_views": [{"by": "1 lid", "text": "Niet nodig."}],
        "attachments": [{"title": "Rittenlijst", "file": {"name": "ritten.pdf", "sha256": "a" * 64}}],
        "signatories": [{"name": "C. Bakker", "role": "voorzitter"}],
    }  # fmt: skip
    new = {
        "subject": "Vervoer naar dagbesteding", "plain_summary": "Kort gezegd.", "tenor": "negative",
        "sections": [{"heading": "Aanleiding", "html": "<p>Het contract stopt in mei.</p>"}],
        "questions": ["Wat kost het per rit?"], "minority_views": [{"by": "1 lid", "text": "Wel nodig."}],
        "attachments": [{"title": "Rittenlijst", "file": {"name": "ritten.pdf", "sha256": "b" * 64}}],
        "signatories": [{"name": "S. de Wit", "role": "secretaris"}],
    }  # fmt: skip

    assert summary(compare(old, new)) == [
        "3 details of the letter changed", "1 part changed", "1 question changed", "1 other view changed",
        "1 attachment changed", "1 signature new", "1 signature removed",
    ]  # fmt: skip
    assert summary(compare(new, new)) == []


def test_a_text_that_lacks_keys_can_be_compared():
    assert compare({}, {}) == []
    assert summary(compare({"subject": "Oud"}, {"subject": "Oud"})) == []


def test_no_part_is_lost_or_named_twice_whatever_happened():
    """Control by chance: every part of both texts stands in the comparison, once."""
    chance = random.Random(3)
    words = ["bus", "loket", "wachttijd", "rit", "mantelzorg", "vrijdag", "budget", "brief", "hulp", "wonen"]
    for _round in range(200):
        pool = [" ".join(chance.choices(words, k=4)) for _n in range(6)]
        first, second = chance.sample(pool, chance.randint(0, 6)), chance.sample(pool, chance.randint(0, 6))
        old, new = ({"questions": texts} for texts in (first, second))
        group = next((one for one in compare(old, new)), None)
        parts = group.parts if group else []
        assert sum(part.state != "gone" for part in parts) == len(second)
        assert sum(part.state != "new" for part in parts) == len(first)


def test_the_longest_row_that_stayed_in_order():
    assert longest_rising([2, 0, 1, 3]) == {0, 1, 3}
    assert longest_rising([]) == set()


# --- the pages --------------------------------------------------------------


@pytest.fixture
def draft(council, authority, saskia, fatma, settings):
    settings.LANGUAGE_CODE = "nl"
    draft = factories.AdviceFactory(council=council, authorities=[authority], subject="Vervoer")
    section = factories.SectionFactory(advice=draft, position=1, text="<p>Het busje stopt in mei.</p>")
    add_recommendation(draft, text="Houd het busje.", by=fatma.person)
    second = add_recommendation(draft, text="Maak de wachttijd korter.", by=fatma.person)
    make_version(draft, name="Eerste versie", reason="Voor het gesprek.", by=saskia.person)
    save_section(draft, section, heading="Aanleiding", text="<p>Het busje stopt in juli.</p>", version=1,
                 by=fatma.person)  # fmt: skip
    move_recommendation(second, -1, by=fatma.person)
    add_recommendation(draft, text="Vraag de reizigers zelf.", by=fatma.person)
    return draft


def page(client, draft, name, *args, query=""):
    return client.get(reverse(f"advice:{name}", args=[draft.council.slug, draft.public_id, *args]) + query)


def test_the_comparison_says_what_changed_and_reads_it_aloud(draft, sign_in, fatma):
    content = page(sign_in(fatma), draft, "compare_versions", query="?van=1&met=nu").content.decode()

    assert "1 deel veranderd" in content and "1 aanbeveling nieuw" in content and "1 aanbeveling verplaatst" in content
    assert '<del><span class="portal-visually-hidden">weggehaald: </span>mei.' in content
    assert '<ins><span class="portal-visually-hidden">toegevoegd: </span>juli.' in content
    assert content.count("weggehaald: </span>") == 1  # once per run, and nothing that moved is called removed
    assert "Houd het busje." not in content


def test_every_version_can_be_read_and_compared_with_another(draft, sign_in, fatma):
    make_version(draft, name="Na het gesprek", by=fatma.person)
    client = sign_in(fatma)

    assert "mei." in page(client, draft, "version", 1).content.decode()
    assert "mei." not in page(client, draft, "version", 2).content.decode()
    assert "1 deel veranderd" in page(client, draft, "compare_versions", query="?van=1&met=2").content.decode()
    assert "hetzelfde" in page(client, draft, "compare_versions", query="?van=2&met=nu").content.decode()
    assert page(client, draft, "version", 3).status_code == 404
    assert "niet meer" not in page(client, draft, "compare_versions", query="?van=9&met=x").content.decode()


def test_a_member_keeps_a_version_by_hand(draft, sign_in, fatma):
    client, url = sign_in(fatma), reverse("advice:versions", args=[draft.council.slug, draft.public_id])

    assert client.post(url, {"name": "", "reason": "Iets"}).status_code == 422
    assert client.post(url, {"name": "Na het gesprek", "reason": "De rit is later."}).status_code == 302
    kept = draft.versions.get(number=2)
    assert (kept.name, kept.reason, kept.made_by) == ("Na het gesprek", "De rit is later.", fatma.person)
    assert kept.text == frozen_text(draft)
    content = client.get(url).content.decode()
    assert "Na het gesprek" in content and "Fatma Yılmaz" in content and "Voor het gesprek." in content


def test_pages_of_versions_cost_the_same_for_many(draft, sign_in, fatma, django_assert_max_num_queries):
    from advice.models import Version

    Version.objects.bulk_create(
        Version(advice=draft, council=draft.council, number=n, name=f"Versie {n}", made_by=fatma.person,
                text={"subject": "Vervoer"}, sha256=f"{n}".zfill(64))
        for n in range(2, 200)
    )  # fmt: skip
    client = sign_in(fatma)
    with django_assert_max_num_queries(30):
        page(client, draft, "versions")
    with django_assert_max_num_queries(30):
        page(client, draft, "compare_versions", query="?van=1&met=nu")


def test_the_dossier_shows_recommendations_in_their_order_after_one_moved(draft, sign_in, fatma):
    content = page(sign_in(fatma), draft, "detail").content.decode()

    assert (
        content.index("Maak de wachttijd korter.") < content.index("Houd het busje.") < content.index("Vraag de reiz")
    )
