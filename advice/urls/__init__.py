from advice.urls import answering, drafting, history, issuing, public, versions, words

app_name = "advice"

urlpatterns = [
    *drafting.urlpatterns,
    *versions.urlpatterns,
    *issuing.urlpatterns,
    *history.urlpatterns,
    *answering.urlpatterns,
    *public.urlpatterns,
    *words.urlpatterns,
]
