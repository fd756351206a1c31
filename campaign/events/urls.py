"""Addresses of events."""

from django.urls import path

from campaign.events import views

app_name = "events"
urlpatterns = [
    path("ngay-hoi/", views.events, name="events"),
    path("ngay-hoi/lich.ics", views.feed, name="feed"),
    path("ngay-hoi/<int:pk>/", views.event, name="event-short"),
    path("ngay-hoi/<int:pk>/lich.ics", views.event_calendar, name="calendar"),
    path("ngay-hoi/<int:pk>/ma-qr/", views.event_qr, name="qr"),
    path("ngay-hoi/<int:pk>/ap-phich/", views.poster, name="poster"),
    path("ngay-hoi/<int:pk>/<slug:slug>/", views.event, name="event"),
]
