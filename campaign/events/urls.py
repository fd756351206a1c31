"""Addresses of events."""

from django.urls import path

from campaign.events import desk_views, registration_views, views

app_name = "events"
DESK = "don-vi/su-kien/"
urlpatterns = [
    path(DESK, desk_views.desk_events, name="desk"),
    path(DESK + "<int:pk>/", desk_views.board, name="board"),
    path(DESK + "<int:pk>/diem-danh/", desk_views.note, name="note"),
    path(DESK + "<int:pk>/diem-danh.xlsx", desk_views.attendance_file, name="attendance-file"),
    path(DESK + "<int:pk>/dang-ky/", registration_views.guests, name="guests"),
    path(DESK + "<int:pk>/dang-ky.xlsx", registration_views.guests_file, name="guests-file"),
    path(DESK + "<int:pk>/nhat-ky/", desk_views.log_event, name="log"),
    path("ngay-hoi/", views.events, name="events"),
    path("ngay-hoi/lich.ics", views.feed, name="feed"),
    path("ngay-hoi/<int:pk>/", views.event, name="event-short"),
    path("ngay-hoi/<int:pk>/lich.ics", views.event_calendar, name="calendar"),
    path("ngay-hoi/<int:pk>/ma-qr/", views.event_qr, name="qr"),
    path("ngay-hoi/<int:pk>/ap-phich/", views.poster, name="poster"),
    path("ngay-hoi/<int:pk>/dang-ky/", registration_views.register, name="register"),
    path("ngay-hoi/dang-ky/<str:token>/", registration_views.registration, name="registration"),
    path(
        "ngay-hoi/dang-ky/<str:token>/ma-qr/",
        registration_views.registration_qr,
        name="registration-qr",
    ),
    path("ngay-hoi/<int:pk>/y-kien/", views.answer, name="answer"),
    path("ngay-hoi/<int:pk>/ap-phich.pdf", views.poster_file, name="poster-file"),
    path("ngay-hoi/<int:pk>/<slug:slug>/", views.event, name="event"),
]
