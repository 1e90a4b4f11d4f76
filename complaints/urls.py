"""Addresses of reports, and of the log of withdrawals beneath /berita/."""

from django.urls import path

from complaints import log, views

app_name = "complaints"
urlpatterns = [
    path("lapor/<slug:kind>/<int:pk>/", views.report, name="report"),
    path("berita/pencabutan/", log.withdrawals, name="log"),
    path("berita/pencabutan/rss/", log.WithdrawalFeed(), name="feed"),
]
