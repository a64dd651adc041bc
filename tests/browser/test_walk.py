"""The judge itself: a bad page does not pass."""

import pytest

GOOD = (
    '<!doctype html><html lang="nl"><head><title>Bladzij</title></head>'
    "<body><main><h1>Kop</h1><p>Tekst.</p></main></body></html>"
)
BAD = {
    "image-alt": ("<p>Tekst.</p>", '<p><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="></p>'),
    "color-contrast": ("<p>Tekst.</p>", '<p style="color: #ccc; background: #fff">Tekst.</p>'),
    "label": ("<p>Tekst.</p>", "<p><input></p>"),
    "2 headings of the first level": ("<p>Tekst.</p>", "<h1>Nog een</h1>"),
    "no title": ("<title>Bladzij</title>", ""),
    "scrolls sideways": ("<p>Tekst.</p>", '<div style="inline-size: 3000px">Breed.</div>'),
    "leads nowhere": ("<p>Tekst.</p>", '<p><a href="">Weg</a></p>'),
    "console": ("<p>Tekst.</p>", '<p>Tekst.</p><script>console.error("fout")</script>'),
    "JavaScript": ("<p>Tekst.</p>", '<p>Tekst.</p><script>nietBekend()</script>'),
}  # fmt: skip


@pytest.fixture
def show(visit):
    """show(html) answers with this page at an address of the portal, and judges it."""

    def judged(html: str) -> None:
        visitor = visit(width=360)
        visitor.page.route("**/proef/", lambda route: route.fulfill(body=html, content_type="text/html"))
        visitor.open("/proef/")

    return judged


def test_a_good_page_passes(show):
    show(GOOD)


@pytest.mark.parametrize("fault", BAD)
def test_a_bad_page_does_not_pass(show, fault):
    good, bad = BAD[fault]
    with pytest.raises(AssertionError, match=fault):
        show(GOOD.replace(good, bad))


def test_what_the_content_security_policy_stops_is_heard(visit):
    visitor = visit()
    visitor.open("/account/login/")
    visitor.page.evaluate("document.body.setAttribute('onclick', 'nothing()'); document.body.click()")
    visitor.page.wait_for_timeout(200)
    assert any("script-src" in fault for fault in visitor.faults)
