"""Addresses of units: the public ones, and those of the desk."""

from django.urls import path

from campaign.units import (
    import_views,
    line_views,
    people_views,
    role_views,
    slip_views,
    team_views,
    views,
)

app_name = "units"
urlpatterns = [
    path("cac-don-vi/", views.units, name="units"),
    path("cac-don-vi/<int:pk>/", views.unit, name="unit"),
    path("don-vi/nguoi/", people_views.people, name="people"),
    path("don-vi/nguoi/them/", people_views.add_person, name="add-person"),
    path("don-vi/nguoi/<int:pk>/", people_views.person, name="person"),
    path("don-vi/phieu/", slip_views.slips, name="slips"),
    path("don-vi/phieu/truong/", slip_views.school_slips, name="school-slips"),
    path("don-vi/phieu/<int:pk>/", slip_views.class_slips, name="class-slips"),
    path("don-vi/nhap/", import_views.imports, name="imports"),
    path("don-vi/nhap/mau.xlsx", import_views.template, name="import-template"),
    path("don-vi/nhap/<int:pk>/", import_views.one_import, name="import"),
    path("don-vi/nhap/<int:pk>/bi-tu-choi.xlsx", import_views.refused, name="import-refused"),
    path("don-vi/xuat.xlsx", import_views.export, name="export"),
    path("don-vi/vai-tro/", role_views.roles, name="roles"),
    path("don-vi/vai-tro/them/", role_views.grant, name="grant"),
    path("don-vi/vai-tro/dung-chung/", role_views.shared, name="shared"),
    path("don-vi/vai-tro/<int:pk>/", role_views.role, name="role"),
    path("don-vi/doi/", team_views.teams, name="teams"),
    path("don-vi/doi/<int:pk>/", team_views.team, name="team"),
    path("don-vi/doi/thanh-vien/<int:pk>/", team_views.member, name="member"),
    path("don-vi/tuyen/", line_views.lines, name="lines"),
    path("don-vi/tuyen/<int:pk>/", line_views.line, name="line"),
    path("don-vi/uy-quyen/", role_views.delegation, name="delegation"),
]
