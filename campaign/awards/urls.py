"""Addresses of award submissions."""

from django.urls import path

from campaign.awards import paper_views

app_name = "awards"
AWARDS = "don-vi/khen-thuong/"
urlpatterns = [
    path(AWARDS + "ho-so/<int:pk>/to-trinh.docx", paper_views.proposal, name="proposal"),
    path(AWARDS + "nguoi/<int:pk>/thanh-tich.docx", paper_views.achievement, name="achievement"),
    path(AWARDS + "nguoi/<int:pk>/giay-xac-nhan.docx", paper_views.slip, name="slip"),
    path(
        AWARDS + "nguoi/<int:pk>/phieu-dong-y.docx", paper_views.consent_sheet, name="consent-sheet"
    ),
    path(AWARDS + "ho-so/<int:pk>/phieu-tham-tra.docx", paper_views.check_list, name="check-list"),
    path(AWARDS + "<int:pk>/danh-sach.xlsx", paper_views.round_book, name="book"),
    path(AWARDS + "ho-so/<int:pk>/ho-so.zip", paper_views.dossier_zip, name="dossier-zip"),
    path(AWARDS + "<int:pk>/ca-dot.zip", paper_views.round_zip, name="round-zip"),
    path(AWARDS + "ban-ky/<int:pk>/", paper_views.signed, name="signed"),
]
