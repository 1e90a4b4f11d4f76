"""Addresses beneath /pemberitahuan/."""

from django.urls import path

from notifications import following, unsubscribing, views

app_name = "notifications"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("<int:pk>/", views.open_one, name="open"),
    path("dibaca/", views.read_all, name="read_all"),
    path("langganan/", following.settings, name="settings"),
    path("langganan/<int:pk>/surel/", following.email, name="email"),
    path("surel/", following.all_email, name="all_email"),
    path("surel/berhenti/<str:token>/", unsubscribing.one_click, name="unsubscribe"),
    path("ikuti/komunitas/<slug:community>/", following.follow, name="follow"),
    path("ikuti/wilayah/<str:region>/", following.follow, name="follow"),
    path("berhenti/komunitas/<slug:community>/", following.unfollow, name="unfollow"),
    path("berhenti/wilayah/<str:region>/", following.unfollow, name="unfollow"),
]
