from councils.models import Council


def test_a_member_sees_her_council_and_no_other(fatma, stijn, council):
    assert list(Council.objects.visible_to(fatma)) == [council]
    assert council not in Council.objects.visible_to(stijn)


def test_access_ends_the_day_after_the_last_day(former_member, council):
    assert not Council.objects.visible_to(former_member).exists()


def test_pages_are_dutch_unless_english_was_chosen(client, db):
    page = "/toegankelijkheid/"
    assert client.get(page, headers={"accept-language": "en"}).headers["Content-Language"] == "nl"
    client.post("/taal/setlang/", {"language": "en"})
    english = client.get(page)
    assert (english.headers["Content-Language"], b'lang="en"' in english.content) == ("en", True)
