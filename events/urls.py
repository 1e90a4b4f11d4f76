"""Addresses beneath /kegiatan/."""

from django.urls import path

from events import composing, views
from events.feeds import EventFeed

app_name = "events"
urlpatterns = [
    path("", views.event_list, name="list"),
    path("rss/", EventFeed(), name="feed"),
    path("umumkan/", composing.compose, name="compose"),
    path("saya/", composing.mine, name="mine"),
    path("<int:pk>/<slug:slug>/", views.detail, name="detail"),
    path("<int:pk>/<slug:slug>/kalender.ics", views.ical, name="ical"),
    path("<int:pk>/<slug:slug>/ubah/", composing.edit, name="edit"),
    path("<int:pk>/<slug:slug>/langkah/", composing.move, name="move"),
]
