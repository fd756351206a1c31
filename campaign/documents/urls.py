"""Addresses of documents, forms and platforms."""

from django.urls import path

from campaign.documents import views

app_name = "documents"
urlpatterns = [
    path("van-ban/", views.register, name="register"),
    path("van-ban/bieu-mau/", views.forms, name="forms"),
    path("van-ban/<int:pk>/", views.detail, name="detail-short"),
    path("van-ban/<int:pk>/<str:slug>/", views.detail, name="detail"),
    path("nen-tang/", views.platforms, name="platforms"),
]
