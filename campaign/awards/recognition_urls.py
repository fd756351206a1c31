"""Addresses of the first tier."""

from django.urls import path

from campaign.awards import (
    recognition_adding_views,
    recognition_import_views,
    recognition_paper_views,
    recognition_views,
)

app_name = "recognition"
LISTS = "don-vi/khen-thuong/bieu-duong/"
urlpatterns = [
    path(LISTS, recognition_views.lists, name="lists"),
    path(LISTS + "moi/", recognition_views.new, name="new"),
    path(LISTS + "mau.xlsx", recognition_import_views.template, name="template"),
    path(LISTS + "muc/<int:pk>/", recognition_adding_views.entry, name="entry"),
    path(LISTS + "<int:pk>/", recognition_views.one_list, name="list"),
    path(LISTS + "<int:pk>/sua/", recognition_views.change, name="change"),
    path(LISTS + "<int:pk>/chon/", recognition_adding_views.choose, name="choose"),
    path(LISTS + "<int:pk>/tu-nhat-ky/", recognition_adding_views.from_log, name="from-log"),
    path(LISTS + "<int:pk>/ghi-ten/", recognition_adding_views.by_hand, name="by-hand"),
    path(LISTS + "<int:pk>/tap-the/", recognition_adding_views.collectives, name="collectives"),
    path(LISTS + "<int:pk>/nhap/", recognition_import_views.import_list, name="import"),
    path(LISTS + "<int:pk>/to-trinh.docx", recognition_paper_views.document, name="document"),
    path(LISTS + "<int:pk>/danh-sach-co-ma.xlsx", recognition_paper_views.book, name="book"),
    path(LISTS + "<int:pk>/danh-sach.xlsx", recognition_paper_views.names, name="names"),
]
