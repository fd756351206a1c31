"""Addresses of units."""

from django.urls import path

from campaign.units import views

app_name = "units"
urlpatterns = [
    path("cac-don-vi/", views.units, name="units"),
    path("cac-don-vi/<int:pk>/", views.unit, name="unit"),
]
