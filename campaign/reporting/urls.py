"""Addresses of reports."""

from django.urls import path

from campaign.reporting import fill_views, follow_views, paper_views, report_views, round_views

app_name = "reporting"
REPORTS, ROUNDS = "don-vi/bao-cao/", "don-vi/ky-bao-cao/"
urlpatterns = [
    path(REPORTS, report_views.reports, name="reports"),
    path(REPORTS + "lich.ics", follow_views.feed, name="feed"),
    path(REPORTS + "<int:pk>/", report_views.report, name="report"),
    path(REPORTS + "<int:pk>/soan/", fill_views.fill, name="fill"),
    path(REPORTS + "<int:pk>/luu/", fill_views.autosave, name="autosave"),
    path(REPORTS + "<int:pk>/nguon/<slug:key>/", fill_views.records, name="records"),
    path(REPORTS + "<int:pk>/bao-cao.docx", paper_views.document, name="document"),
    path(REPORTS + "<int:pk>/bao-cao.xlsx", paper_views.book, name="book"),
    path(REPORTS + "<int:pk>/tai-len/", paper_views.book_back, name="book-back"),
    path(REPORTS + "<int:pk>/minh-chung/<slug:row>/", paper_views.pieces, name="pieces"),
    path(REPORTS + "minh-chung/<int:pk>/", paper_views.piece, name="piece"),
    path(REPORTS + "minh-chung/<int:pk>/bo/", paper_views.remove_piece, name="remove-piece"),
    path(REPORTS + "ban-ky/<int:pk>/", paper_views.signed, name="signed"),
    path(REPORTS + "<int:pk>/so-sanh/", report_views.compare, name="compare"),
    path(ROUNDS, round_views.rounds, name="rounds"),
    path(ROUNDS + "moi/", round_views.new_round, name="new-round"),
    path(ROUNDS + "bang/", round_views.grid, name="grid"),
    path(ROUNDS + "<int:pk>/tinh-hinh.xlsx", round_views.standing, name="standing"),
    path(ROUNDS + "<int:pk>/nhac/", follow_views.remind, name="remind"),
    path(ROUNDS + "<int:pk>/", round_views.one_round, name="round"),
]
