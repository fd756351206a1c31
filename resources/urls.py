"""Addresses of the library that are no pages: what units offer."""

from django.urls import path

from resources import contribution_views as views

app_name = "resources"
OFFERS = "don-vi/hoc-lieu/"
urlpatterns = [
    path(OFFERS, views.contributions, name="contributions"),
    path(OFFERS + "moi/", views.new_contribution, name="new-contribution"),
    path(OFFERS + "<int:pk>/", views.contribution, name="contribution"),
    path(OFFERS + "<int:pk>/sua/", views.edit_contribution, name="edit-contribution"),
    path(OFFERS + "<int:pk>/tep/", views.contribution_file, name="contribution-file"),
    path(OFFERS + "<int:pk>/bo/", views.throw_away, name="throw-away-contribution"),
]
