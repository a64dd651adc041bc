from django.urls import path

from advice.views import checking

urlpatterns = [path("controleer/", checking.check, name="check")]
