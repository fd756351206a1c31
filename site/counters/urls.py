"""Addresses of counters."""

from django.urls import path, re_path

from counters.views import beacon, pixel

app_name = "counters"
urlpatterns = [
    path("dem/", beacon, name="beacon"),
    re_path(r"^dem/(?P<what>.+?)(?:\.gif)?$", pixel, name="pixel"),
]
