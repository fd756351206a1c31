"""Addresses of signing in and out."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from accounts.views import SignInView

app_name = "accounts"
urlpatterns = [
    path("dang-nhap/", SignInView.as_view(), name="sign-in"),
    path("dang-xuat/", LogoutView.as_view(), name="sign-out"),
]
