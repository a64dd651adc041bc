from django.urls import include, path

from advice.views import versions

one_advice = [
    path("versies/", versions.versions, name="versions"),
    path("versies/<int:number>/", versions.version, name="version"),
    path("versies/vergelijken/", versions.compare_versions, name="compare_versions"),
]

urlpatterns = [path("raad/<slug:council>/adviezen/<uuid:public_id>/", include(one_advice))]
