from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.module_loading import import_string

from portal import unsent
from portal.pdf import PressFailed

Next = Callable[[HttpRequest], HttpResponse]
METHODS = ["GET", "HEAD", "POST"]  # all that links and forms use
# Views of others that bring their own guard: allauth signs people in, staticfiles serves static/.
TRUSTED_MODULES = ("allauth.", "django.contrib.staticfiles.", "django.views.i18n")


class ChosenLanguage:
    """Dutch, unless this visitor chose English. What a browser asks for says little: many are set to English."""

    def __init__(self, get_response: Next):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class PrivatePages:
    """Pages for signed-in people are never kept by a browser or proxy."""

    def __init__(self, get_response: Next):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-store"
        return response


class NotPrinted:
    """A page on paper that could not be made, whichever it is: the others are there and nothing is lost."""

    def __init__(self, get_response: Next):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        return render(request, "portal/not_printed.html", status=503) if isinstance(fault, PressFailed) else None


class SecondFactor:
    """Who acts for a council or an authority needs a second factor before anything else (setting)."""

    def __init__(self, get_response: Next):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Next, args: tuple, kwargs: dict) -> HttpResponse | None:
        if not settings.SECOND_FACTOR_REQUIRED or not request.user.is_authenticated:
            return None
        access = getattr(view, "access", None)
        if access is None or access.public:
            return None
        from allauth.mfa.utils import is_mfa_enabled  # needs loaded apps

        if is_mfa_enabled(request.user) or not import_string(settings.SECOND_FACTOR_FOR)(request.user):
            return None
        unsent.keep(request)
        return redirect("mfa_activate_totp")


class UnsentText:
    """Leads who signed in again to the text that waits for her, whichever way she came in. See portal.unsent."""

    def __init__(self, get_response: Next):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and request.user.is_authenticated and unsent.IN_SESSION in request.session:
            arrived = response.status_code < 400 or response.status_code in (409, 422)
            if arrived and not unsent.was_kept_by(request) and unsent.leads_to(request):
                unsent.drop(request)  # it is saved, or stands on the page that answers
        return response

    def process_view(self, request: HttpRequest, view: Next, args: tuple, kwargs: dict) -> HttpResponse | None:
        access = getattr(view, "access", None)
        if request.method != "GET" or access is None or access.public:
            return None
        if not request.user.is_authenticated or unsent.IN_SESSION not in request.session:
            return None
        page = reverse("portal:unsent")
        if unsent.waiting_for(request) is None or unsent.is_shown(request) or request.path == page:
            return None
        return redirect(page)


class DefaultDeny:
    """A view without a declared rule answers 403. See portal.access."""

    def __init__(self, get_response: Next):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Next, args: tuple, kwargs: dict) -> HttpResponse | None:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        if getattr(view, "access", None) is None and not view.__module__.startswith(TRUSTED_MODULES):
            raise PermissionDenied("this view declares no access rule")
        return None
