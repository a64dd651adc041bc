"""Text typed in a plain box and the HTML that is kept: there and back without loss."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advice.frozen import plain
from advice.typed import blocks_of, html_to_typed, typed_to_html
from portal.text import clean_html

SAMPLES = [
    ("Eerste regel.\n\nTweede alinea.", "<p>Eerste regel.</p><p>Tweede alinea.</p>"),
    ("Regel een\nregel twee", "<p>Regel een<br>regel twee</p>"),
    (
        "Wij vragen:\n- kortere wachttijd\n- meer hulp",
        "<p>Wij vragen:</p><ul><li>kortere wachttijd</li><li>meer hulp</li></ul>",
    ),
    ("1. eerst\n2. daarna", "<ol><li>eerst</li><li>daarna</li></ol>"),
    ("### Vervoer\n\nTekst", "<h3>Vervoer</h3><p>Tekst</p>"),
    ("> Ik ga niet.", "<blockquote><p>Ik ga niet.</p></blockquote>"),
    ("Dit is **heel** *belangrijk*.", "<p>Dit is <strong>heel</strong> <em>belangrijk</em>.</p>"),
    ("5 * 3 is 15, noot*", "<p>5 * 3 is 15, noot*</p>"),
    ("3. Dit is geen lijst", "<p>3. Dit is geen lijst</p>"),
    ("a < b & c", "<p>a &lt; b &amp; c</p>"),
]


@pytest.mark.parametrize(("typed", "html"), SAMPLES)
def test_typed_text_becomes_html_and_comes_back_as_it_was(typed, html):
    assert typed_to_html(typed) == html
    back = html_to_typed(html)
    assert typed_to_html(back) == html
    if typed != "Wij vragen:\n- kortere wachttijd\n- meer hulp":  # shown with an empty line before the list
        assert back.replace("\\.", ".") == typed


def test_a_list_goes_on_after_an_empty_line():
    assert typed_to_html("1. een\n\n2. twee\n\n- a\n\n- b") == (
        "<ol><li>een</li><li>twee</li></ol><ul><li>a</li><li>b</li></ul>"
    )


def test_a_bullet_from_a_word_processor_is_a_bullet():
    assert typed_to_html("•\tkortere wachttijd") == "<ul><li>kortere wachttijd</li></ul>"


@pytest.mark.parametrize("sign", ["•", "·", "o", "§", "▪", "–", "ü", "Ø", "\uf0b7", "\uf0a7", "-"])
def test_every_bullet_that_word_pastes_is_a_bullet(sign):
    assert typed_to_html(f"Wij horen:\r\n{sign}\twachttijd\r\n{sign}\tkosten\r\nDaarom dit advies.\r\n") == (
        "<p>Wij horen:</p><ul><li>wachttijd</li><li>kosten</li></ul><p>Daarom dit advies.</p>"
    )


def test_a_list_in_a_list_and_numbers_from_word():
    assert typed_to_html("•\tVervoer\no\tbusje\no\ttaxi\n•\tHulp") == (
        "<ul><li>Vervoer</li><li>busje</li><li>taxi</li><li>Hulp</li></ul>"
    )
    assert typed_to_html("1.\teerst\n2.\tdan\nSlot.") == "<ol><li>eerst</li><li>dan</li></ol><p>Slot.</p>"
    assert typed_to_html("1)\teerst\n2)\tdan") == "<ol><li>eerst</li><li>dan</li></ol>"
    assert typed_to_html("·\u00a0\u00a0\u00a0 uit een mail") == "<ul><li>uit een mail</li></ul>"


def test_letters_that_word_uses_as_bullets_are_letters_without_a_tab():
    for words in ("o ja, dat ook", "– Fatma", "§ 3 van de nota", "1) is geen lijst"):
        assert typed_to_html(words) == f"<p>{words}</p>"
        assert html_to_typed(f"<p>{words}</p>") == words
    assert html_to_typed("<p>· geen lijst</p>") == "\\· geen lijst"
    assert typed_to_html("\\· geen lijst") == "<p>· geen lijst</p>"


def test_a_line_that_goes_on_under_an_item_of_a_typed_list_still_does():
    assert typed_to_html("- een\n  gaat door\n- twee\ngaat door") == (
        "<ul><li>een<br>gaat door</li><li>twee<br>gaat door</li></ul>"
    )


def test_a_link_keeps_its_words_and_its_address():
    html = '<p>Zie <a href="https://voorbeeld.test/a_(b)">de nota</a>.</p>'
    typed = html_to_typed(html)
    assert typed == "Zie [de nota](https://voorbeeld.test/a_%28b%29)."
    assert 'href="https://voorbeeld.test/a_%28b%29"' in typed_to_html(typed)
    assert html_to_typed(typed_to_html(typed)) == typed


def test_scripts_and_unknown_tags_go():
    assert typed_to_html("<script>alert(1)</script>") == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"
    assert html_to_typed("<p onclick='x()'>Tekst<script>alert(1)</script></p><img src=x>") == "Tekst"
    assert typed_to_html("[klik](javascript:alert(1))") == "<p>[klik](javascript:alert(1))</p>"


def test_words_of_a_nested_list_are_kept():
    assert html_to_typed("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>") == "- a\n- b\n- c"


def test_the_export_reads_as_plain_text():
    html = '<h3>Kop</h3><p>Een<br>twee</p><ul><li>a</li><li>b</li></ul><ol><li>x</li></ol><p><a href="https://a.test">nota</a></p>'
    assert plain(html) == "Kop\n\nEen\ntwee\n\n- a\n- b\n\n1. x\n\nnota (https://a.test)"


words = st.text(alphabet="ab *-·o▪\t[]()\\#>1.<&\n•'\"é", max_size=25)
ordinary = st.lists(
    st.sampled_from(
        [
            "woord",
            "-",
            "·",
            "o\t",
            "•\t",
            "1)\t",
            "1.",
            "###",
            ">",
            "*",
            "**",
            "[",
            "](",
            "\\",
            "",
            "\n",
            "2.",
            "a*b",
            "#",
        ]
    ),
    max_size=12,
)


@st.composite
def html_texts(draw):
    def said() -> str:
        raw = draw(st.one_of(words, ordinary.map(" ".join)))
        return raw.replace("&", "&amp;").replace("<", "&lt;")

    def line() -> str:
        shape = draw(
            st.sampled_from(
                [
                    "{0}",
                    "{0}<strong>{1}</strong>{2}",
                    "<em>{0}</em><strong>{1}</strong>",
                    "{0}<br>{1}",
                    '<a href="https://a.test/{3}">{0}</a>{1}',
                    "<strong>{0}<em>{1}</em></strong>",
                ]
            )
        )
        return shape.format(said(), said(), said(), draw(st.sampled_from(["", "x?y=1&amp;z=2", "(a)", "a*b"])))

    blocks = []
    for tag in draw(st.lists(st.sampled_from(["p", "h3", "h4", "ul", "ol", "blockquote", ""]), max_size=5)):
        if tag in ("ul", "ol"):
            blocks.append(
                f"<{tag}>" + "".join(f"<li>{line()}</li>" for _ in range(draw(st.integers(1, 3)))) + f"</{tag}>"
            )
        else:
            blocks.append(f"<{tag}>{line()}</{tag}>" if tag else line())
    return "".join(blocks)


@settings(max_examples=250, deadline=None)
@given(html_texts())
def test_whatever_html_is_kept_survives_the_plain_box(html):
    kept = "".join(block.html for block in blocks_of(html))
    assert typed_to_html(html_to_typed(kept)) == clean_html(kept)


@settings(max_examples=250, deadline=None)
@given(st.one_of(words, ordinary.map(" ".join)))
def test_typed_text_settles_after_one_save(typed):
    once = typed_to_html(typed)
    assert typed_to_html(html_to_typed(once)) == once
