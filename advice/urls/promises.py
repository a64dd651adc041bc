from django.urls import path

from advice.views import looking_back, promises, what_came

room = "raad/<slug:council>/adviezen/toezeggingen/"
desk = "bestuur/<slug:authority>/adviezen/toezeggingen/"
letter = "raad/<slug:council>/adviezen/brieven/<uuid:public_id>/terugblik/"

urlpatterns = [
    path(room, promises.commitments, name="commitments"),
    path(f"{room}toezeggingen.csv", promises.commitments_csv, name="commitments_csv"),
    path(f"{room}<int:pk>/", promises.commitment, name="commitment"),
    path(f"{room}<int:pk>/gedaan/", promises.commitment_done, name="commitment_done"),
    path(f"{room}<int:pk>/oordeel/", promises.check, name="check_commitment"),
    path(f"{room}<int:pk>/bestand/<int:report>/", promises.commitment_file, name="commitment_file"),
    path(f"{room}besluit/<int:pk>/", looking_back.later_decision, name="later_decision"),
    path(desk, promises.desk_commitments, name="desk_commitments"),
    path(f"{desk}toezeggingen.csv", promises.desk_commitments_csv, name="desk_commitments_csv"),
    path(f"{desk}<int:pk>/", promises.desk_commitment, name="desk_commitment"),
    path(f"{desk}<int:pk>/hoe-ver/", promises.progress, name="report_progress"),
    path(f"{desk}<int:pk>/klaar/", promises.done, name="report_done"),
    path(f"{desk}<int:pk>/andere-dag/", promises.move, name="move_commitment"),
    path(f"{desk}<int:pk>/bestand/<int:report>/", promises.desk_commitment_file, name="desk_commitment_file"),
    path(letter, looking_back.follow_up, name="follow_up"),
    path(f"{letter}dag/", looking_back.follow_up_day, name="follow_up_day"),
    path("openbaar/<slug:council>/wat-kwam-ervan/", what_came.what_came, name="what_came"),
]
