"""Addresses of public figures."""

from django.urls import path

from campaign.results import views

app_name = "results"
urlpatterns = [
    path("ket-qua/", views.results, name="results"),
    path("ket-qua/du-lieu.csv", views.csv_file, name="csv"),
    path("ket-qua/du-lieu.json", views.json_file, name="json"),
]
