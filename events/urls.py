"""Addresses beneath /kegiatan/."""

from django.urls import path

from events import changing, composing, views
from events.feeds import EventFeed

app_name = "events"
urlpatterns = [
    path("", views.event_list, name="list"),
    path("rss/", EventFeed(), name="feed"),
    path("umumkan/", composing.compose, name="compose"),
    path("saya/", composing.mine, name="mine"),
    path("perubahan/<int:pk>/", changing.detail, name="change"),
    path("perubahan/<int:pk>/ubah/", changing.edit, name="edit_change"),
    path("perubahan/<int:pk>/langkah/", changing.move, name="move_change"),
    path("<int:pk>/<slug:slug>/", views.detail, name="detail"),
    path("<int:pk>/<slug:slug>/kalender.ics", views.ical, name="ical"),
    path("<int:pk>/<slug:slug>/ubah/", composing.edit, name="edit"),
    path("<int:pk>/<slug:slug>/langkah/", composing.move, name="move"),
    path("<int:pk>/<slug:slug>/pindah/", changing.reschedule, name="reschedule"),
    path("<int:pk>/<slug:slug>/batal/", changing.cancel, name="cancel"),
    path("<int:pk>/<slug:slug>/jadi/", changing.resume, name="resume"),
    path("<int:pk>/<slug:slug>/perubahan/", changing.reword, name="reword"),
]
