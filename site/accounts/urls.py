"""Addresses of signing in and out, of passwords, of one's own account."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("dang-nhap/", views.SignInView.as_view(), name="sign-in"),
    path("dang-xuat/", LogoutView.as_view(), name="sign-out"),
    path("tai-khoan/", views.account, name="account"),
    path("tai-khoan/thu/<str:token>/", views.confirm_address_page, name="confirm-address"),
    path("mat-khau/chon/", views.choose, name="choose-password"),
    path("mat-khau/quen/", views.forgotten, name="forgotten"),
    path("mat-khau/quen/da-gui/", views.forgotten_sent, name="forgotten-sent"),
    path("mat-khau/dat/<str:uid>/<str:token>/", views.set_password, name="set-password"),
]
