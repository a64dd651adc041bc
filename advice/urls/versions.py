from django.urls import include, path

from advice.views import attachments, editorial, sources, templates, versions

one_advice = [
    path("versies/", versions.versions, name="versions"),
    path("versies/<int:number>/", versions.version, name="version"),
    path("versies/vergelijken/", versions.compare_versions, name="compare_versions"),
    path("versies/<int:number>/bijlage/<uuid:document>/", attachments.version_file, name="version_file"),
    path("eindversie/", editorial.editorial, name="editorial"),
    path("eindversie/bewerken/", editorial.edit_editorial, name="edit_editorial"),
    path("aanbeveling/<uuid:recommendation>/bronnen/", sources.sources, name="sources"),
    path("bronnen/<uuid:source>/weghalen/", sources.drop_source, name="drop_source"),
    path("sjabloon/", templates.use, name="use_template"),
    path("bijlagen/", attachments.attachments, name="attachments"),
    path("bijlagen/<uuid:attachment>/", attachments.edit_attachment, name="edit_attachment"),
    path("bijlagen/<uuid:attachment>/verplaatsen/", attachments.move_attachment, name="move_attachment"),
    path("bijlagen/<uuid:attachment>/weghalen/", attachments.remove_attachment, name="remove_attachment"),
    path("bijlagen/<uuid:attachment>/bestand/", attachments.attachment_file, name="attachment_file"),
]

urlpatterns = [
    path("raad/<slug:council>/sjablonen/", templates.templates, name="templates"),
    path("raad/<slug:council>/sjablonen/<slug:document>/", templates.edit_template, name="edit_template"),
    path("raad/<slug:council>/sjablonen/<slug:document>/herstellen/", templates.restore, name="restore_template"),
    path("raad/<slug:council>/adviezen/<uuid:public_id>/", include(one_advice)),
    path(
        "raad/<slug:council>/adviezen/brieven/<uuid:public_id>/bijlage/<uuid:document>/",
        attachments.letter_attachment,
        name="letter_attachment",
    ),
    path(
        "openbaar/<slug:council>/adviezen/<slug:slug>/bijlage/<uuid:document>/",
        attachments.public_attachment,
        name="public_attachment",
    ),
]
