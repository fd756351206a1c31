"""Addresses of the log."""

from django.urls import path

from campaign.activities import (
    doubt_views,
    edit_views,
    evidence_views,
    figure_views,
    paper_views,
    story_views,
    views,
)

app_name = "activities"
LOG = "don-vi/hoat-dong/"
urlpatterns = [
    path(LOG, views.activities, name="activities"),
    path(LOG + "moi/", edit_views.new_activity, name="new"),
    path(LOG + "luu/", edit_views.autosave, name="autosave"),
    path(LOG + "phieu-ghi-tay/", paper_views.field_sheet, name="field-sheet"),
    path(LOG + "tham-gia.xlsx", paper_views.participation, name="participation"),
    path(LOG + "nghi-trung/", doubt_views.doubts, name="doubts"),
    path(LOG + "nghi-trung/<int:pk>/", doubt_views.doubt, name="doubt"),
    path(LOG + "<int:pk>/", views.activity, name="activity"),
    path(LOG + "<int:pk>/sua/", edit_views.edit_activity, name="edit"),
    path(LOG + "<int:pk>/minh-chung/", evidence_views.upload, name="upload"),
    path(LOG + "<int:pk>/giay-xac-nhan/", paper_views.confirmation_slip, name="slip"),
    path(LOG + "<int:pk>/tham-gia.xlsx", paper_views.participants, name="participants"),
    path(LOG + "<int:pk>/ke-thanh-bai/", story_views.tell, name="tell"),
    path("don-vi/anh-trong-bai/<int:pk>/go/", story_views.take_out, name="take-out"),
    path("don-vi/minh-chung/<int:pk>/", evidence_views.evidence, name="evidence"),
    path("don-vi/minh-chung/<int:pk>/nho/", evidence_views.thumb, name="thumb"),
    path("don-vi/minh-chung/<int:pk>/bo/", evidence_views.remove, name="remove-evidence"),
    path("don-vi/so-lieu/", figure_views.figures, name="figures"),
]
