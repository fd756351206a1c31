"""Addresses of privacy."""

from django.urls import path

from privacy import views

app_name = "privacy"
urlpatterns = [
    path("quyen-rieng-tu/", views.privacy_page, name="page"),
    path("quyen-rieng-tu/yeu-cau/", views.ask, name="ask"),
    path("quyen-rieng-tu/yeu-cau/<str:token>/", views.follow, name="follow"),
    path("quyen-rieng-tu/yeu-cau/<str:token>/ma-qr/", views.follow_qr, name="follow-qr"),
]
