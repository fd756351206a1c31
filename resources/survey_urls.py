"""Addresses of self-assessment: for learners in the library, for units on the desk."""

from django.urls import path

from resources import survey_desk_views as desk
from resources import survey_views as public

app_name = "surveys"
DESK = "don-vi/tu-danh-gia/"
OPEN = "thu-vien/tu-danh-gia/"
urlpatterns = [
    path(DESK, desk.surveys, name="surveys"),
    path(DESK + "moi/", desk.new, name="new"),
    path(DESK + "<int:pk>/", desk.survey, name="survey"),
    path(DESK + "<int:pk>/sua/", desk.change, name="change"),
    path(DESK + "<int:pk>/viec/", desk.act, name="act"),
    path(DESK + "<int:pk>/nhap/", desk.tally, name="tally"),
    path(DESK + "<int:pk>/so-sanh/", desk.results, name="results"),
    path(DESK + "<int:pk>/so-sanh.csv", desk.results_csv, name="results-csv"),
    path(DESK + "<int:pk>/so-sanh.xlsx", desk.results_book, name="results-book"),
    path(OPEN, public.find, name="find"),
    path(OPEN + "<slug:code>/", public.answer, name="answer"),
    path(OPEN + "<slug:code>/in/", public.printed, name="print"),
    path(OPEN + "<slug:code>/ma-qr/", public.qr, name="qr"),
]
