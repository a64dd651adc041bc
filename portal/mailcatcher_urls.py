from django.urls import path

from portal.views import mailcatcher

app_name = "mailcatcher"

urlpatterns = [
    path("", mailcatcher.message_list, name="list"),
    path("<str:key>/", mailcatcher.message, name="message"),
    path("<str:key>/<int:number>/", mailcatcher.part, name="part"),
]
