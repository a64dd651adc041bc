"""Where everything hangs. Each app keeps its own addresses; the ground floor includes them by name."""

from django.urls import include, path

from portal.views.own_email import own_email

urlpatterns = [
    path("", include("portal.page_urls")),
    path("", include("councils.urls")),
    path("", include("meetings.urls")),
    path("", include("consultations.urls")),
    path("", include("advice.urls")),
    path("voorbeeld/post/", include("portal.mailcatcher_urls")),
    path("account/email/", own_email, name="account_email"),  # before the page of allauth
    path("account/", include("allauth.urls")),
    path("taal/", include("django.conf.urls.i18n")),
]
