from django.urls import path

from portal.views import home, invitations, my_post, pages, styleguide, unsent
from portal.views.health import health

app_name = "portal"

urlpatterns = [
    path("healthz/", health, name="healthz"),
    path("mijn/", home.home, name="home"),
    path("mijn/post/", my_post.my_post, name="my_post"),
    path("mijn/berichten/", my_post.my_messages, name="my_messages"),
    path("post-kiezen/<str:token>/", my_post.change_choice, name="change_choice"),
    path("uitnodiging/<str:token>/", invitations.invitation, name="invitation"),
    path("bewaarde-tekst/", unsent.unsent_text, name="unsent"),
    path("stijlgids/", styleguide.styleguide, name="styleguide"),
    path("toegankelijkheid/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("beveiliging/", pages.security, name="security"),
]
