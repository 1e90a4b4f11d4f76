"""Addresses beneath /siaran/."""

from django.urls import path

from announcements import views

app_name = "announcements"
urlpatterns = [
    path("", views.announcement_list, name="list"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/lampiran/", views.attachment, name="attachment"),
    path("<int:pk>/dibaca/", views.confirm, name="confirm"),
    path("<int:pk>/teruskan/", views.pass_on, name="pass_on"),
]
