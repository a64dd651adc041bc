from advice.urls import (
    answering,
    asking,
    drafting,
    figures,
    from_agenda,
    history,
    issuing,
    linking,
    opinions,
    public,
    short,
    steps,
    versions,
    voting,
    word,
    words,
)

app_name = "advice"

urlpatterns = [
    *drafting.urlpatterns,
    *from_agenda.urlpatterns,
    *versions.urlpatterns,
    *word.urlpatterns,
    *issuing.urlpatterns,
    *linking.urlpatterns,
    *opinions.urlpatterns,
    *history.urlpatterns,
    *answering.urlpatterns,
    *asking.urlpatterns,
    *figures.urlpatterns,
    *public.urlpatterns,
    *steps.urlpatterns,
    *short.urlpatterns,
    *words.urlpatterns,
    *voting.urlpatterns,
]
