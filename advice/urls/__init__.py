from advice.urls import answering, drafting, history, issuing, public

app_name = "advice"

urlpatterns = [
    *drafting.urlpatterns,
    *issuing.urlpatterns,
    *history.urlpatterns,
    *answering.urlpatterns,
    *public.urlpatterns,
]
