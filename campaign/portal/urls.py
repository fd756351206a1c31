"""Addresses of the desk."""

from django.urls import path

from campaign.portal import views

app_name = "portal"
urlpatterns = [
    path("don-vi/", views.desk, name="desk"),
    path("don-vi/chon/", views.switch, name="switch"),
]
