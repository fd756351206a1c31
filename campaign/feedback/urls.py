"""Addresses of questions, suggestions and difficulties."""

from django.urls import path

from campaign.feedback import views

app_name = "feedback"
urlpatterns = [
    path("lien-he/", views.contact, name="contact"),
    path("lien-he/theo-doi/<str:token>/", views.follow, name="follow"),
    path("lien-he/theo-doi/<str:token>/ma-qr/", views.follow_qr, name="follow-qr"),
    path("hoi-dap/", views.faq, name="faq"),
]
