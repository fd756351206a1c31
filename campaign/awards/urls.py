"""Addresses of award submissions."""

from django.urls import path

from campaign.awards import (
    adding_views,
    check_views,
    dossier_views,
    file_views,
    nominee_views,
    own_views,
    paper_views,
    round_views,
    write_views,
)

app_name = "awards"
HERE, DOSSIER, WHO = "don-vi/khen-thuong/", "don-vi/khen-thuong/ho-so/", "don-vi/khen-thuong/nguoi/"
urlpatterns = [
    path(HERE, round_views.home, name="home"),
    path(HERE + "dot-moi/", round_views.new_round, name="new-round"),
    path(HERE + "<int:pk>/", round_views.one_round, name="round"),
    path(HERE + "<int:pk>/tieu-chi/", round_views.rules, name="rules"),
    path(HERE + "<int:pk>/lap/", round_views.begin, name="begin"),
    path(HERE + "<int:pk>/tham-tra/", check_views.check_list, name="checks"),
    path(DOSSIER + "<int:pk>/", dossier_views.dossier, name="dossier"),
    path(DOSSIER + "<int:pk>/ca-nhan/", adding_views.add_people, name="add-people"),
    path(DOSSIER + "<int:pk>/tap-the/", adding_views.add_collective, name="add-collective"),
    path(WHO + "<int:pk>/", nominee_views.nominee, name="nominee"),
    path(WHO + "<int:pk>/soan/", write_views.write, name="write"),
    path(WHO + "<int:pk>/luu/", write_views.autosave, name="autosave"),
    path(WHO + "<int:pk>/cac-lop/", write_views.lessons, name="lessons"),
    path(WHO + "<int:pk>/hoat-dong/", write_views.records, name="records"),
    path(WHO + "tu-viet/<int:pk>/", own_views.mine, name="mine"),
    path(WHO + "tu-viet/<int:pk>/ma.svg", own_views.own_code, name="own-code"),
    path(HERE + "minh-chung/<int:pk>/", file_views.piece, name="piece"),
    path(HERE + "minh-chung/<int:pk>/bo/", file_views.remove_piece, name="remove-piece"),
    path(HERE + "xac-nhan/<int:pk>/", file_views.confirmation, name="confirmation"),
    path(HERE + "dong-y/<int:pk>/", file_views.consent, name="consent"),
    path(HERE + "dong-y/<int:pk>/rut/", file_views.take_back_consent, name="take-back-consent"),
    path("khen-thuong/tu-viet/<str:token>/", own_views.own, name="own"),
    path(HERE + "ho-so/<int:pk>/to-trinh.docx", paper_views.proposal, name="proposal"),
    path(HERE + "nguoi/<int:pk>/thanh-tich.docx", paper_views.achievement, name="achievement"),
    path(HERE + "nguoi/<int:pk>/giay-xac-nhan.docx", paper_views.slip, name="slip"),
    path(
        HERE + "nguoi/<int:pk>/phieu-dong-y.docx", paper_views.consent_sheet, name="consent-sheet"
    ),
    path(HERE + "ho-so/<int:pk>/phieu-tham-tra.docx", paper_views.check_list, name="check-list"),
    path(HERE + "<int:pk>/danh-sach.xlsx", paper_views.round_book, name="book"),
    path(HERE + "ho-so/<int:pk>/ho-so.zip", paper_views.dossier_zip, name="dossier-zip"),
    path(HERE + "<int:pk>/ca-dot.zip", paper_views.round_zip, name="round-zip"),
    path(HERE + "ban-ky/<int:pk>/", paper_views.signed, name="signed"),
]
