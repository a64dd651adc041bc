from django.urls import path

from advice.views import joint

urlpatterns = [
    path("raad/<slug:council>/samen/<uuid:public_id>/", joint.joint, name="joint"),
    path("raad/<slug:council>/samen/<uuid:public_id>/vaststellen/", joint.adopt, name="adopt_jointly"),
    path("raad/<slug:council>/samen/<uuid:public_id>/niet-vaststellen/", joint.decline, name="decline_jointly"),
    path("raad/<slug:council>/samen/<uuid:public_id>/brief/<slug:authority>.pdf", joint.letter_pdf, name="joint_pdf"),
    path(
        "raad/<slug:council>/samen/<uuid:public_id>/bijlagen/<uuid:document>/", joint.attachment,
        name="joint_attachment",
    ),
    path(
        "raad/<slug:council>/adviezen/<uuid:public_id>/samen/<slug:other>/", joint.register, name="register_jointly"
    ),
]  # fmt: skip
