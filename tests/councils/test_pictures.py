"""The logo of a council and the signatures: what is taken in, who may, and that letters keep what they had."""

import io
import zlib

import pytest
from django.urls import reverse
from PIL import Image

from councils.actions.pictures import remove_logo, remove_signature, set_logo, set_signature
from councils.pictures import logo_name, logo_of, pictures_for
from portal.access import Refused
from portal.documents import read
from portal.models import Document
from portal.pictures import as_png
from tests.pictures import drawn, upload

HEADER = b"IHDR" + (60_000).to_bytes(4) * 2 + b"\x08\x02\x00\x00\x00"
BOMB = b"\x89PNG\r\n\x1a\n\x00\x00\x00\r" + HEADER + zlib.crc32(HEADER).to_bytes(4) + b"\x00\x00\x00\x00IDAT" + bytes(4)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def test_a_picture_is_written_anew_on_white_and_without_what_was_hidden_in_it():
    picture = Image.new("RGB", (2000, 1000), "red")
    exif = picture.getexif()
    exif[0x010E] = "Kerkstraat 1"
    content = io.BytesIO()
    picture.save(content, "JPEG", exif=exif)
    assert b"Kerkstraat" in content.getvalue()
    clean = as_png(upload(content.getvalue()), within=(800, 800))
    assert b"Kerkstraat" not in clean
    assert (opened(clean).format, opened(clean).mode, opened(clean).size) == ("PNG", "RGB", (800, 400))
    seen_through = opened(as_png(upload(drawn()), within=(800, 800)))
    assert seen_through.getpixel((0, 0)) == (255, 255, 255)


def test_the_white_around_a_signature_goes():
    around = opened(as_png(upload(drawn((600, 400), ground=(255, 255, 255, 255))), within=(1000, 400), trim=True))
    assert around.width < 600 and around.height < 400


def test_a_photo_that_lies_on_its_side_stands_up():
    picture = Image.new("RGB", (200, 100), "red")
    exif = picture.getexif()
    exif[0x0112] = 6
    content = io.BytesIO()
    picture.save(content, "JPEG", exif=exif)
    assert opened(as_png(upload(content.getvalue()), within=(800, 800))).size == (100, 200)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"Geacht bestuur", "geen afbeelding"),
        (b"", "geen afbeelding"),
        (SVG, "geen afbeelding"),
        (drawn()[:200], "geen afbeelding"),
        (BOMB, "te groot"),
        (drawn((300, 20)), "te klein"),
    ],
    ids=["words", "empty", "svg", "half", "bomb", "tiny"],
)
def test_what_cannot_be_printed_is_refused_at_its_field(content, sentence, council, saskia):
    with pytest.raises(Refused, match=sentence) as refused:
        set_logo(council, upload(content), by=saskia.person)
    assert refused.value.field == "picture"
    assert logo_of(council) is None


def test_a_blank_sheet_is_no_signature():
    white = drawn(ground=(255, 255, 255, 255), ink=(250, 250, 250, 255))
    with pytest.raises(Refused, match="niets"):
        as_png(upload(white), within=(1000, 400), trim=True)


def test_a_new_logo_takes_the_place_of_the_old_one_and_the_old_bytes_stay(council, saskia):
    first = set_logo(council, upload(), by=saskia.person)
    second = set_logo(council, upload(drawn((90, 90))), by=saskia.person)
    assert first.sha256 != second.sha256
    assert logo_name(council) == f"{second.sha256}.png"
    name = f"{first.sha256}.png"
    assert pictures_for([name, "0" * 64 + ".png"]) == {name: read(first)}
    remove_logo(council, by=saskia.person)
    assert logo_name(council) == ""
    with pytest.raises(Refused):
        remove_logo(council, by=saskia.person)


def test_the_same_picture_twice_is_one_document(council, saskia):
    set_logo(council, upload(), by=saskia.person)
    set_logo(council, upload(), by=saskia.person)
    assert Document.objects.filter(name="logo.png").count() == 1


def test_the_secretary_puts_the_logo_on_the_letters(council, saskia, sign_in):
    client, url = sign_in(saskia), reverse("councils:logo", args=[council.slug])
    assert "nog geen logo" in client.get(url).content.decode()
    wrong = client.post(url, {"picture": upload(SVG, "logo.svg")})
    assert wrong.status_code == 422 and "Kies een PNG- of JPEG-bestand." in wrong.content.decode()
    assert client.post(url, {}).status_code == 422
    assert client.post(url, {"picture": upload()}).status_code == 302
    page = client.get(url).content.decode()
    assert "Logo van Adviesraad Testdorp" in page
    picture = client.get(reverse("councils:logo_file", args=[council.slug]))
    assert picture["Content-Type"] == "image/png" and picture["Cache-Control"] == "private, no-store"
    assert client.post(reverse("councils:logo_remove", args=[council.slug])).status_code == 302
    assert client.get(reverse("councils:logo_file", args=[council.slug])).status_code == 404


def test_the_chair_finds_the_way_to_the_own_signature(council, chair, fatma, sign_in):
    seat = chair.person.memberships.get()
    url = reverse("councils:signature", args=[council.slug, seat.public_id])
    assert url in sign_in(chair).get(reverse("councils:profile")).content.decode()
    assert "handtekening" not in sign_in(fatma).get(reverse("councils:profile")).content.decode()
    assert sign_in(chair).post(url, {"picture": upload()}).status_code == 302
    seat.refresh_from_db()
    assert seat.signature.name == "handtekening.png"
    page = sign_in(chair).get(url).content.decode()
    assert "Handtekening van Chris Bakker" in page
    assert "Zet de handtekening" not in page  # that is said to the secretary only


def test_the_secretary_does_it_for_the_chair_and_nobody_for_somebody_else(council, chair, saskia, fatma, sign_in):
    seat = chair.person.memberships.get()
    member_page = reverse("councils:member", args=[council.slug, seat.public_id])
    url = reverse("councils:signature", args=[council.slug, seat.public_id])
    assert url in sign_in(saskia).get(member_page).content.decode()
    assert sign_in(saskia).post(url, {"picture": upload()}).status_code == 302
    assert (
        sign_in(fatma).get(reverse("councils:signature_file", args=[council.slug, seat.public_id])).status_code == 403
    )
    of_secretary = reverse("councils:signature", args=[council.slug, saskia.person.memberships.get().public_id])
    assert sign_in(chair).get(of_secretary).status_code == 403


def test_it_can_be_taken_away_again(council, chair):
    seat = chair.person.memberships.get()
    set_signature(seat, upload(), by=chair.person)
    remove_signature(seat, by=chair.person)
    seat.refresh_from_db()
    assert seat.signature is None
    with pytest.raises(Refused):
        remove_signature(seat, by=chair.person)
