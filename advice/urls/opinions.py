from django.urls import include, path

from advice.views import minority, opinions, proposals

one_advice = [
    path("meningen/", opinions.overview, name="opinions"),
    path("meningen/vragen/", opinions.ask, name="ask_members"),
    path("meningen/sluiten/", opinions.close, name="close_round"),
    path("meningen/invoeren/", opinions.enter, name="enter_opinion"),
    path("mening/", opinions.give, name="give_opinion"),
    path("mening/waarom/", opinions.why, name="opinion_why"),
    path("mening/controle/", opinions.check, name="check_opinion"),
    path("mening/klaar/", opinions.given, name="opinion_given"),
    path("voorstellen/", proposals.overview, name="proposals"),
    path("voorstellen/deel/<uuid:section>/", proposals.propose_in_section, name="propose_in_section"),
    path(
        "voorstellen/aanbeveling/<uuid:recommendation>/", proposals.propose_for_recommendation,
        name="propose_for_recommendation",
    ),
    path("voorstellen/<uuid:proposal>/overnemen/", proposals.take_over, name="take_over_proposal"),
    path("voorstellen/<uuid:proposal>/afwijzen/", proposals.reject, name="reject_proposal"),
    path("voorstellen/<uuid:proposal>/intrekken/", proposals.withdraw, name="withdraw_proposal"),
    path("andere-mening/", minority.own_view, name="own_view"),
    path("andere-mening/invoeren/", minority.enter_view, name="enter_view"),
    path("andere-mening/<uuid:view>/", minority.change_view, name="change_view"),
]  # fmt: skip

urlpatterns = [path("raad/<slug:council>/adviezen/<uuid:public_id>/", include(one_advice))]
