from django.urls import path

from advice.views import linking

urlpatterns = [
    path("raad/<slug:council>/adviezen/brieven/<uuid:public_id>/vervolg/", linking.write_after, name="write_after"),
]
