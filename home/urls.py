"""Addresses of the search."""

from django.urls import path

from home import views

app_name = "home"
urlpatterns = [
    path("tim-kiem/", views.search, name="search"),
    path("tim-kiem/goi-y/", views.suggest, name="suggest"),
]
