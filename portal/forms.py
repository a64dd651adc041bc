"""How every form of the portal looks and speaks; the templates of the pack are in templates/nlds/.

    class AdviceForm(PortalFormMixin, forms.ModelForm):      # or PortalForm for a form without a model
        submit_label = _("Save draft")                       # the button says what happens
        extra_submits = [("preview", _("Show the letter"))]  # more buttons: name (value 1) and label
        fieldsets = [(_("What is it about?"), ["subject", "summary"])]   # fields not named come last
        conditional = ["reason"]                             # needed sometimes: no "(niet verplicht)"
        required_messages = {"subject": _("Fill in the subject.")}
        tiles = ["verdict"]                                  # radio buttons or checkboxes drawn as tiles
        row = ["verdict"]                                    # … and beside each other where there is room

`{% crispy form %}` draws the error summary, the fields and the buttons. On an instance: `form.cancel_url`,
`form.cancel_label`, `form.form_tag = False` (the page has its own <form>), `form.show_summary = False` (the page uses
{% error_summary form formset %}), `form.method = "get"`. `form.refuse(refused)` shows a Refused of portal.access.
Dates of models and of forms.DateField become three fields; numbers become text fields with digits.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.conf import settings
from django.forms import BoundField
from django.forms.widgets import Input
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.access import Refused
from portal.fields import (
    DateField,
    DateParts,
    DateTimeField,
    DateTimeParts,
    FilesField,
    TimeField,
    check_file_size,
    megabytes,
)

__all__ = [
    "DateField", "DateTimeField", "FilesField", "PortalForm", "PortalFormMixin", "PortalFormSetMixin", "TimeField",
]  # fmt: skip

OURS: dict[type[forms.Field], Any] = {
    forms.DateField: DateField,
    forms.DateTimeField: DateTimeField,
    forms.TimeField: TimeField,
}
OPTIONS = (forms.RadioSelect, forms.CheckboxSelectMultiple)


class Helper(FormHelper):
    """crispy would try the address of the form as the name of a view, at every form; ours is an address."""

    form_action = ""


class PortalFormMixin:
    submit_label: Any = gettext_lazy("Save")
    submit_name = ""
    extra_submits: ClassVar[list[tuple[str, Any]]] = []
    fieldsets: ClassVar[list[tuple[Any, list[str]]]] = []
    conditional: ClassVar[list[str]] = []
    required_messages: dict[str, Any] = {}
    tiles: ClassVar[list[str]] = []
    row: ClassVar[list[str]] = []
    use_required_attribute = False
    form_tag = True
    show_summary = True
    guarded = False  # its text is not lost by leaving the page, an expired session or a lost network
    draft_url = ""  # with JavaScript, what is typed in a guarded form is kept there meanwhile
    method = "post"
    action = ""
    cancel_url = ""
    cancel_label: Any = gettext_lazy("Back without saving")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            self.fields[name] = _in_our_way(field)  # type: ignore[attr-defined]

    @property
    def helper(self) -> Helper:
        helper = Helper(self)
        helper.form_tag = self.form_tag
        helper.form_method = self.method
        helper.form_action = self.action
        if self.fieldsets:
            named = {name for _legend, names in self.fieldsets for name in names}
            others = [name for name in self.fields if name not in named]  # type: ignore[attr-defined]
            here = [(legend, [name for name in names if name in self.fields]) for legend, names in self.fieldsets]  # type: ignore[attr-defined]
            helper.layout = Layout(*(Fieldset(legend, *names) for legend, names in here if names), *others)
        return helper

    def full_clean(self) -> None:
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            _speak(field, field.label or name, self.required_messages.get(name))
        super().full_clean()  # type: ignore[misc]

    def refuse(self, refused: Refused) -> None:
        """Show why the verb was refused, at its field if the form has it."""
        field = refused.field if refused.field in self.fields else None  # type: ignore[attr-defined]
        self.add_error(field, str(refused))  # type: ignore[attr-defined]


class PortalForm(PortalFormMixin, forms.Form):
    """A form without a model."""


class PortalFormSetMixin:
    """For a BaseFormSet or BaseModelFormSet: `{% crispy formset %}` draws each form as a numbered card.

    It brings the management form, no <form> of its own and no buttons: it stands inside the form of the page.
    """

    item_label: Any = gettext_lazy("Row")
    show_summary = False
    form_tag = False
    heading_level = 3

    @property
    def helper(self) -> Helper:
        helper = Helper()
        helper.form_tag = self.form_tag
        return helper

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {**super().get_form_kwargs(index), "use_required_attribute": False}  # type: ignore[misc]


def _in_our_way(field: forms.Field) -> forms.Field:
    """The same question, asked by the Dutch form guidelines."""
    if type(field) in OURS:
        ours = OURS[type(field)]
        field = ours(
            required=field.required, label=field.label, initial=field.initial, help_text=field.help_text,
            validators=field.validators, disabled=field.disabled,
        )  # fmt: skip
    if isinstance(field.widget, forms.NumberInput):
        field.widget = forms.TextInput(attrs={"class": "portal-short-input", "inputmode": "numeric"})
    if isinstance(field, forms.CharField):
        # A browser would cut off what is pasted; the server says what is too long and keeps it.
        field.widget.attrs.pop("maxlength", None)
    if isinstance(field.widget, forms.Textarea) and field.widget.attrs.get("rows") == "10":
        field.widget.attrs["rows"] = "5"
    if isinstance(field.widget, forms.ClearableFileInput):
        field.widget = forms.FileInput(attrs=field.widget.attrs)
    if isinstance(field, forms.FileField) and check_file_size not in field.validators:
        field.validators = [*field.validators, check_file_size]
    if isinstance(field, forms.ModelChoiceField) and field.empty_label == "---------":
        field.empty_label = _("Make a choice")
    elif isinstance(field, forms.ChoiceField):
        _name_the_blank_choice(field)
    return field


def _name_the_blank_choice(field: forms.ChoiceField) -> None:
    choices: list[Any] = list(field.choices)  # type: ignore[arg-type]
    if not choices or choices[0][0] not in ("", None) or str(choices[0][1]) != "---------":
        return
    if isinstance(field.widget, forms.RadioSelect):
        field.choices = choices[1:]
    else:
        field.choices = [("", _("Make a choice")), *choices[1:]]


# --- what is said when an answer is refused ---------------------------------

STANDARD = forms.Field.default_error_messages["required"]


def _speak(field: forms.Field, label: Any, required: Any) -> None:
    """A sentence of its own for each field: the one of the form, or one made of the label."""
    label = str(label).rstrip(" :")
    if required:
        field.error_messages["required"] = required
    elif field.error_messages.get("required") == STANDARD:
        field.error_messages["required"] = _required_sentence(field, label)
    told = {
        "max_length": _("‘%(label)s’ may have at most %%(limit_value)d characters. Now it has %%(show_value)d."),
        "min_value": _("Fill in %%(limit_value)s or more at ‘%(label)s’."),
        "max_value": _("Fill in %%(limit_value)s or less at ‘%(label)s’."),
    }
    for code, sentence in told.items():
        field.error_messages.setdefault(code, sentence % {"label": label.replace("%", "%%")})
    invalid = _invalid_sentence(field, label)
    if invalid:
        code, sentence = invalid
        standard = type(field).default_error_messages.get(code) or forms.ChoiceField.default_error_messages.get(code)
        if field.error_messages.get(code) in (None, standard):
            field.error_messages[code] = sentence


def _required_sentence(field: forms.Field, label: str) -> str:
    if isinstance(field, (forms.DateField, forms.DateTimeField)):
        sentence = _("Fill in the date at ‘%(label)s’, for example 26 5 2026.")
    elif isinstance(field, forms.FileField):
        sentence = _("Choose a file at ‘%(label)s’.")
    elif isinstance(field, forms.BooleanField):
        sentence = _("Tick the box at ‘%(label)s’.")
    elif isinstance(field, (forms.ChoiceField, forms.ModelChoiceField)):
        sentence = _("Make a choice at ‘%(label)s’.")
    elif label.endswith("?"):
        sentence = _("Answer the question ‘%(label)s’")
    else:
        sentence = _("Fill in ‘%(label)s’.")
    return sentence % {"label": label}


def _invalid_sentence(field: forms.Field, label: str) -> tuple[str, str] | None:
    if isinstance(field, forms.EmailField):
        # The validator brings this code, so that the field's own message replaces Django's.
        return "invalid", _("Fill in an e-mail address, for example naam@voorbeeld.nl.")
    if isinstance(field, (forms.IntegerField, forms.DecimalField, forms.FloatField)):
        return "invalid", _("Fill in a number at ‘%(label)s’.") % {"label": label}
    if isinstance(field, (forms.ChoiceField, forms.ModelChoiceField)):
        return "invalid_choice", _("Choose one of the answers at ‘%(label)s’.") % {"label": label}
    return None


# --- drawing ----------------------------------------------------------------

CLASSES = [
    (forms.Textarea, "utrecht-textarea utrecht-textarea--html-textarea"),
    (forms.Select, "utrecht-select utrecht-select--html-select"),
    (forms.FileInput, "portal-upload"),
    (forms.CheckboxInput, "utrecht-checkbox utrecht-checkbox--html-input utrecht-custom-checkbox"
     " utrecht-custom-checkbox--html-input utrecht-checkbox--custom"),
    (Input, "utrecht-textbox utrecht-textbox--html-input"),
]  # fmt: skip


def described_by(field: BoundField) -> str:
    ids = [f"{field.auto_id}_error"] if field.errors else []
    if help_text(field):
        ids.insert(0, f"{field.auto_id}_helptext")
    return " ".join(ids)


def help_text(field: BoundField) -> str:
    """The explanation under the label: of the form, or an example and the limits that hold for the kind of field."""
    parts = [str(field.help_text)] if field.help_text else []
    example = getattr(field.field, "example", "")
    if example and not parts:
        parts.append(str(example))
    if isinstance(field.field, forms.FileField):
        limit = {"size": megabytes(settings.UPLOAD_MAX_BYTES)}
        many = isinstance(field.field, FilesField)
        parts.append(_("At most %(size)s per file.") % limit if many else _("At most %(size)s.") % limit)
        if field.form.is_bound and field.form.errors and field.value():
            parts.append(_("Choose the file again: a browser does not keep it."))
    return " ".join(parts)


def control_html(field: BoundField) -> SafeString:
    widget = field.field.widget
    if isinstance(widget, DateParts):
        return _date_html(field)
    attrs: dict[str, Any] = {}
    css = next((css for kind, css in CLASSES if isinstance(widget, kind)), "")
    attrs["class"] = " ".join(filter(None, ["utrecht-form-field__input", css, widget.attrs.get("class", "")]))
    if field.errors:
        attrs["class"] += f" {css.split(' ')[0]}--invalid" if css else ""
    if field.field.required:
        attrs["aria-required"] = "true"
    if described_by(field):
        attrs["aria-describedby"] = described_by(field)
    return field.as_widget(attrs=attrs)


def _date_html(field: BoundField) -> SafeString:
    widget = field.field.widget
    value = field.value()
    values = value if isinstance(value, list) else widget.decompress(value)
    labels = {"day": _("Day"), "month": _("Month"), "year": _("Year"), "time": _("Time")}
    wrong = _wrong_part(field)
    parts = [
        {
            "name": f"{field.html_name}_{key}", "id": f"{field.auto_id}_{key}", "label": label,
            "value": "" if part is None else part, "wrong": wrong in (key, "all"), "key": key,
        }
        for (key, label), part in zip(labels.items(), values, strict=False)
    ]  # fmt: skip
    return SafeString(render_to_string("nlds/date.html", {"field": field, "parts": parts}))


def _wrong_part(field: BoundField) -> str:
    """Which part of a date the first error names; "all" when it names none, "" without an error."""
    if not field.errors:
        return ""
    code = getattr(field.errors.as_data()[0], "code", "") or ""
    return code if code in ("day", "month", "year", "time") else "all"


@dataclass(frozen=True)
class ErrorItem:
    """One line of the error summary, and the id of the control it leads to."""

    message: str
    target: str = ""


def _target(field: BoundField) -> str:
    widget = field.field.widget
    if isinstance(widget, (DateParts, DateTimeParts)):
        wrong = _wrong_part(field)
        return f"{field.auto_id}_{'day' if wrong == 'all' else wrong}"
    if isinstance(widget, OPTIONS):
        return f"{field.auto_id}_0"
    return "" if field.is_hidden else field.auto_id


def error_items(form: Any) -> Iterator[ErrorItem]:
    """All errors of a form or formset, in the order of the page."""
    if isinstance(form, forms.BaseFormSet):
        if not form.is_bound:
            return
        yield from (ErrorItem(str(message)) for message in form.non_form_errors())
        for one in form.forms:
            yield from error_items(one)
        return
    if not form.is_bound and not form._errors:
        return
    yield from (ErrorItem(str(message)) for message in form.non_field_errors())
    for field in form:
        yield from (ErrorItem(str(message), _target(field)) for message in field.errors)


def has_errors(form: Any) -> bool:
    return isinstance(form, (forms.BaseForm, forms.BaseFormSet)) and next(error_items(form), None) is not None
