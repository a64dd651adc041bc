from django.urls import path

from advice.views import marking, steps

OF_COUNCIL = "raad/<slug:council>/adviezen/brieven/<uuid:public_id>"
OF_AUTHORITY = "bestuur/<slug:authority>/adviezen/<uuid:public_id>"

urlpatterns = [
    path(f"{OF_COUNCIL}/stappen/<slug:kind>/", steps.council_step, name="record_step"),
    path(f"{OF_COUNCIL}/stappen/<slug:kind>/terugnemen/", steps.council_take_back, name="take_back_step"),
    path(f"{OF_COUNCIL}/stappen/<int:pk>/bewijs/", steps.step_file, name="step_file"),
    path(f"{OF_COUNCIL}/oordeel/", marking.mark, name="mark_answers"),
    path(f"{OF_AUTHORITY}/ontvangst/", steps.confirm_receipt, name="confirm_receipt"),
    path(f"{OF_AUTHORITY}/stappen/<slug:kind>/", steps.desk_step, name="desk_step"),
    path(f"{OF_AUTHORITY}/stappen/<slug:kind>/terugnemen/", steps.desk_take_back, name="desk_take_back_step"),
]
