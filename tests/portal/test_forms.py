"""How forms ask and answer: three date fields, a sentence per error, and nothing typed is lost."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import formset_factory

from portal.access import Refused
from portal.forms import FilesField, PortalForm, PortalFormSetMixin, error_items, has_errors


class AskForm(PortalForm):
    submit_label = "Vraag versturen"
    extra_submits = [("later", "Later verder")]
    conditional = ["reason"]
    required_messages = {"summary": "Vertel kort waar het om gaat."}

    subject = forms.CharField(label="Onderwerp", max_length=10, help_text="In gewone taal.")
    summary = forms.CharField(label="Samenvatting", widget=forms.Textarea)
    decides_on = forms.DateField(label="Wanneer beslist het college?")
    starts_at = forms.DateTimeField(label="Begin", required=False)
    members = forms.IntegerField(label="Leden", min_value=3, required=False)
    kind = forms.ChoiceField(label="Soort", choices=[("", "---------"), ("a", "Brief"), ("b", "Mail")])
    verdict = forms.ChoiceField(label="Oordeel", choices=[("y", "Ja"), ("n", "Nee")], widget=forms.RadioSelect)
    reason = forms.CharField(label="Reden", required=False)
    email = forms.EmailField(label="E-mailadres", required=False)


GOOD = {
    "subject": "Vervoer", "summary": "Het busje stopt.", "decides_on_day": "26", "decides_on_month": "5",
    "decides_on_year": "2026", "kind": "a", "verdict": "y",
}  # fmt: skip


def ask(**changes) -> AskForm:
    return AskForm({**GOOD, **changes})


def html(form: forms.Form) -> str:
    return render_crispy_form(form, context={"csrf_token": "token"})


def test_a_date_comes_from_three_fields():
    form = ask()

    assert form.is_valid(), form.errors
    assert form.cleaned_data["decides_on"] == date(2026, 5, 26)
    assert form.cleaned_data["starts_at"] is None


@pytest.mark.parametrize("typed", ["2026-05-26", "26-5-2026", "26.5.2026"])
def test_a_date_in_one_piece_is_understood(typed):
    data = {key: value for key, value in GOOD.items() if not key.startswith("decides_on")}

    form = AskForm({**data, "decides_on": typed})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["decides_on"] == date(2026, 5, 26)


@pytest.mark.parametrize(
    ("parts", "message", "part"),
    [
        (("26", "16", "2026"), "Vul een maand in van 1 tot en met 12. U vulde 16 in.", "month"),
        (("32", "5", "2026"), "Vul een dag in van 1 tot en met 31. U vulde 32 in.", "day"),
        (("26", "5", "26"), "Vul een jaar in met 4 cijfers. U vulde 26 in.", "year"),
        (("26", "mei", "2026"), "Vul een maand in van 1 tot en met 12. U vulde mei in.", "month"),
        (("26", "", "2026"), "Vul ook de maand in, als getal.", "month"),
        (("31", "4", "2026"), "31-4-2026 bestaat niet. Die maand heeft minder dagen.", "day"),
    ],
)  # fmt: skip
def test_a_wrong_date_says_which_part_and_keeps_what_was_typed(parts, message, part):
    day, month, year = parts
    form = ask(decides_on_day=day, decides_on_month=month, decides_on_year=year)

    assert form.errors["decides_on"] == [message]
    assert [item.target for item in error_items(form)] == [f"id_decides_on_{part}"]
    drawn = html(form)
    for name, value in zip(("day", "month", "year"), parts, strict=True):
        assert f'name="decides_on_{name}" type="text" inputmode="numeric" autocomplete="off" value="{value}"' in drawn


def test_a_moment_is_read_in_dutch_time():
    form = ask(starts_at_day="12", starts_at_month="5", starts_at_year="2026", starts_at_time="19.30 uur")

    assert form.is_valid(), form.errors
    assert form.cleaned_data["starts_at"] == datetime(2026, 5, 12, 19, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))


def test_a_moment_without_time_is_asked_for():
    form = ask(starts_at_day="12", starts_at_month="5", starts_at_year="2026")

    assert form.errors["starts_at"] == ["Vul ook de tijd in, bijvoorbeeld 19.30."]


def test_an_unchanged_date_is_no_change():
    form = AskForm(GOOD, initial={**GOOD, "decides_on": date(2026, 5, 26)})

    assert "decides_on" not in form.changed_data
    assert (
        "decides_on"
        in AskForm({**GOOD, "decides_on_day": "27"}, initial={"decides_on": date(2026, 5, 26)}).changed_data
    )


@pytest.mark.parametrize(("typed", "meant"), [("19.30", time(19, 30)), ("9:05", time(9, 5)), ("19", time(19, 0))])
def test_times_as_people_write_them(typed, meant):
    class TimeForm(PortalForm):
        at = forms.TimeField(label="Tijd")

    form = TimeForm({"at": typed})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["at"] == meant


def test_every_field_has_a_sentence_of_its_own():
    form = AskForm({"members": "2", "email": "geen adres", "kind": "z", "subject": "x" * 11})

    assert [item.message for item in error_items(form)] == [
        "‘Onderwerp’ mag ten hoogste 10 tekens hebben. Nu zijn het er 11.",
        "Vertel kort waar het om gaat.",
        "Vul bij ‘Wanneer beslist het college?’ de datum in, bijvoorbeeld 26 5 2026.",
        "Vul bij ‘Leden’ ten minste 3 in.",
        "Kies een van de antwoorden bij ‘Soort’.",
        "Maak een keuze bij ‘Oordeel’.",
        "Vul een e-mailadres in, bijvoorbeeld naam@voorbeeld.nl.",
    ]


def test_the_summary_leads_to_controls_that_are_on_the_page():
    form = AskForm({})
    drawn = html(form)
    targets = [item.target for item in error_items(form)]

    assert len(targets) == len(set(targets)) == 5
    for target in targets:
        assert f'href="#{target}"' in drawn
        assert f'id="{target}"' in drawn
    assert drawn.index("Controleer uw antwoorden") < drawn.index('id="id_subject"')


def test_a_fresh_form_has_no_errors_and_no_summary():
    form = AskForm()

    assert not has_errors(form)
    assert "portal-errors" not in html(form)


def test_what_screen_readers_need_stands_at_the_control():
    drawn = html(ask(subject=""))

    assert '<label class="utrecht-form-label utrecht-form-field__label" for="id_subject">Onderwerp</label>' in drawn
    assert 'aria-describedby="id_subject_helptext id_subject_error"' in drawn
    assert 'id="id_subject_helptext">In gewone taal.</div>' in drawn
    assert 'id="id_subject_error"' in drawn
    assert drawn.count('aria-invalid="true"') == 1
    assert 'aria-required="true"' in drawn
    assert " required" not in drawn
    assert "novalidate" in drawn


def test_only_what_may_stay_empty_is_marked():
    drawn = html(AskForm())

    assert "Begin (niet verplicht)" in drawn
    assert "Leden (niet verplicht)" in drawn
    assert "Onderwerp (niet verplicht)" not in drawn
    assert "Reden (niet verplicht)" not in drawn  # needed sometimes


def test_too_much_text_is_kept_for_mending():
    drawn = html(ask(subject="een veel te lang onderwerp"))

    assert 'value="een veel te lang onderwerp"' in drawn
    assert "maxlength" not in drawn


def test_buttons_say_what_happens():
    form = ask()
    form.cancel_url = "/terug/"
    drawn = html(form)

    assert ">Vraag versturen</button>" in drawn
    assert 'name="later" value="1">Later verder</button>' in drawn
    assert 'href="/terug/">Terug zonder opslaan</a>' in drawn


def test_a_choice_without_answer_invites_to_choose():
    assert '<option value="" selected>Maak een keuze</option>' in html(AskForm())


def test_a_refusal_stands_at_its_field_or_on_top():
    form = ask()
    assert form.is_valid()

    form.refuse(Refused("Dit onderwerp is er al.", field="subject"))
    form.refuse(Refused("De termijn is voorbij.", field="elsewhere"))

    assert form.errors["subject"] == ["Dit onderwerp is er al."]
    assert form.non_field_errors() == ["De termijn is voorbij."]


def test_fields_outside_the_fieldsets_are_not_lost():
    class Parted(AskForm):
        fieldsets = [("Eerst dit", ["subject"])]

    drawn = html(Parted())

    assert "Eerst dit</h2>" in drawn
    assert drawn.index('id="id_subject"') < drawn.index('id="id_summary"')
    assert 'id="id_email"' in drawn


def test_a_file_that_is_too_large_is_named(settings):
    settings.UPLOAD_MAX_BYTES = 3 * 1024 * 1024

    class FileForm(PortalForm):
        letter = forms.FileField(label="Brief")

    big = SimpleUploadedFile("plan.pdf", b"x")
    big.size = 4 * 1024 * 1024
    form = FileForm({}, {"letter": big})

    assert form.errors["letter"] == ["Het bestand ‘plan.pdf’ is te groot. Het mag ten hoogste 3 MB zijn."]
    assert "Ten hoogste 3 MB." in html(FileForm())
    assert 'enctype="multipart/form-data"' in html(FileForm())


def test_several_files_come_as_a_list():
    class FileForm(PortalForm):
        papers = FilesField(label="Stukken", required=False)

    data = type("Files", (dict,), {"getlist": lambda self, key: self[key]})(
        papers=[SimpleUploadedFile("a.pdf", b"a"), SimpleUploadedFile("b.pdf", b"b")]
    )
    form = FileForm({}, data)

    assert form.is_valid(), form.errors
    assert [file.name for file in form.cleaned_data["papers"]] == ["a.pdf", "b.pdf"]
    assert FileForm({}, {}).is_valid()


class RowForm(PortalForm):
    name = forms.CharField(label="Naam")


class BaseRows(PortalFormSetMixin, forms.BaseFormSet):
    item_label = "Lid"


def test_a_formset_brings_its_management_form_and_counts_its_errors():
    rows_class = formset_factory(RowForm, formset=BaseRows, extra=2)
    rows = rows_class(
        {"rows-TOTAL_FORMS": "2", "rows-INITIAL_FORMS": "0", "rows-0-name": "Riet", "rows-1-name": " "}, prefix="rows"
    )
    for form in rows.forms:
        form.empty_permitted = False
    drawn = render_crispy_form(rows, context={"csrf_token": "token"})

    assert [item.target for item in error_items(rows)] == ["id_rows-1-name"]
    assert 'name="rows-TOTAL_FORMS" value="2"' in drawn
    assert "Lid 1</h3>" in drawn
    assert "Lid 2</h3>" in drawn
    assert "<form" not in drawn
