from django.urls import path

from advice.views import figures

urlpatterns = [
    path("raad/<slug:council>/jaarcijfers/<int:year>/", figures.room_figures, name="figures"),
    path("raad/<slug:council>/jaarcijfers/<int:year>/<slug:figure>/", figures.figure_list, name="figure_list"),
    path("openbaar/<slug:council>/jaarcijfers/<int:year>/", figures.public_figures, name="public_figures"),
]
