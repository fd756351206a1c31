"""Addresses of the whole site."""

from django.urls import path
from django.views.generic import RedirectView

from core import views

app_name = "core"
urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap_xml, name="sitemap"),
    path("so-do-trang/", views.site_map, name="site-map"),
    path("banner/", views.banner_page, name="banner"),
    path("banner/<str:size>.<str:kind>", views.banner_image, name="banner-image"),
    path("giao-dien.css", views.theme, name="theme"),
    path("favicon.ico", RedirectView.as_view(url="/static/img/favicon.ico"), name="favicon"),
]
