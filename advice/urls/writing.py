"""Under the address of one advice."""

from django.urls import path

from advice.views.writing import kept, recommendations, sections

a_section = "deel/<uuid:section>"
a_recommendation = "aanbeveling/<uuid:recommendation>"

urlpatterns = [
    path("bewaard/", kept.saved_texts, name="saved_texts"),
    path("deel/nieuw/", sections.add_section, name="add_section"),
    path(f"{a_section}/", sections.edit_section, name="edit_section"),
    path("deel/nieuw/bewaren/", sections.keep_section, name="keep_new_section"),
    path(f"{a_section}/bewaren/", sections.keep_section, name="keep_section"),
    path(f"{a_section}/verplaatsen/", sections.move_section, name="move_section"),
    path(f"{a_section}/weghalen/", sections.remove_section, name="remove_section"),
    path("aanbeveling/nieuw/", recommendations.add_recommendation, name="add_recommendation"),
    path(f"{a_recommendation}/", recommendations.edit_recommendation, name="edit_recommendation"),
    path("aanbeveling/nieuw/bewaren/", recommendations.keep_recommendation, name="keep_new_recommendation"),
    path(f"{a_recommendation}/bewaren/", recommendations.keep_recommendation, name="keep_recommendation"),
    path(f"{a_recommendation}/verplaatsen/", recommendations.move_recommendation, name="move_recommendation"),
    path(f"{a_recommendation}/weghalen/", recommendations.remove_recommendation, name="remove_recommendation"),
]
