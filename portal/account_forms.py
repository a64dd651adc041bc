"""The forms of django-allauth in our look and words; settings ACCOUNT_FORMS and MFA_FORMS name them."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms import PortalFormMixin


class AccountFormMixin(PortalFormMixin):
    """Labels instead of placeholders, a code in large digits, a sentence of our own for each field."""

    labels: dict[str, Any] = {}
    explanations: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, LABELS.get(name, field.label))
            field.help_text = self.explanations.get(name, EXPLANATIONS.get(name, ""))
            if name in SENTENCES:
                self.required_messages = {**self.required_messages, name: SENTENCES[name]}
            if name == "code":
                field.widget = forms.TextInput(
                    attrs={"autocomplete": "one-time-code", "inputmode": "text", "class": "portal-code"}
                )


LABELS = {
    "email": _("E-mail address"),
    "login": _("E-mail address"),
    "password": _("Password"),
    "oldpassword": _("Your password now"),
    "password1": _("New password"),
    "password2": _("New password, once more"),
    "remember": _("Keep me signed in on this device"),
    "code": _("Code"),
}
EXPLANATIONS = {"password1": _("At least 12 characters. A sentence is easy to remember and hard to guess.")}
SENTENCES = {
    "email": _("Fill in your e-mail address."),
    "login": _("Fill in your e-mail address."),
    "password": _("Fill in your password."),
    "oldpassword": _("Fill in the password that you have now."),
    "password1": _("Fill in a new password."),
    "password2": _("Fill in the new password once more."),
    "code": _("Fill in the code."),
}


class RequestLoginCodeForm(AccountFormMixin, account.RequestLoginCodeForm):
    submit_label = _("Send me a code")


class ConfirmLoginCodeForm(AccountFormMixin, account.ConfirmLoginCodeForm):
    submit_label = _("Sign in")
    labels = {"code": _("Code from the e-mail")}
    explanations = {"code": _("You may paste it. Capitals and dashes do not matter.")}


class LoginForm(AccountFormMixin, account.LoginForm):
    submit_label = _("Sign in with password")

    def _setup_password_field(self) -> None:
        """allauth would drop the password, because nobody chooses one at sign-up here; many set one later."""


class ReauthenticateForm(AccountFormMixin, account.ReauthenticateForm):
    submit_label = _("Go on")


class ChangePasswordForm(AccountFormMixin, account.ChangePasswordForm):
    submit_label = _("Change password")


class SetPasswordForm(AccountFormMixin, account.SetPasswordForm):
    submit_label = _("Set password")


class ResetPasswordForm(AccountFormMixin, account.ResetPasswordForm):
    submit_label = _("Send me a link")


class ResetPasswordKeyForm(AccountFormMixin, account.ResetPasswordKeyForm):
    submit_label = _("Set password")


class AuthenticateForm(AccountFormMixin, mfa.AuthenticateForm):
    submit_label = _("Sign in")
    labels = {"code": _("Code from your app, or a recovery code")}


class MfaReauthenticateForm(AccountFormMixin, mfa.ReauthenticateForm):
    submit_label = _("Go on")
    labels = {"code": _("Code from your app, or a recovery code")}


class ActivateTOTPForm(AccountFormMixin, totp.ActivateTOTPForm):
    submit_label = _("Switch on")
    labels = {"code": _("Code that the app shows now")}
    explanations = {"code": _("6 digits. The app shows a new code every 30 seconds.")}
