"""Addresses beneath /komunitas/. The words here are reserved in communities.actions.RESERVED_SLUGS."""

from django.urls import path

from communities import applying, changes, forums, invitations, profile, reading, registering, views
from communities.feeds import CommunityFeed
from communities.former import also_by_former_slug

app_name = "communities"
urlpatterns = [
    path("", views.directory, name="directory"),
    path("rss/", CommunityFeed(), name="feed"),
    path("daftar/", applying.apply, name="apply"),
    path("daftar/mulai/", applying.begin, name="begin"),
    path("saya/", registering.mine, name="mine"),
    path("dibaca/", reading.to_read, name="to_read"),
    path("dokumen/<int:pk>/", registering.document, name="document"),
    path("gambar/<uuid:key>/<slug:size>/", views.picture, name="picture"),
    path("undangan/<str:token>/", invitations.accept, name="invitation"),
    path("<slug:slug>/", also_by_former_slug(views.detail), name="detail"),
    path("<slug:slug>/ubah/", applying.edit, name="edit"),
    path("<slug:slug>/daftar/<slug:step>/", applying.step, name="step"),
    path("<slug:slug>/langkah/", applying.move, name="move"),
    path("<slug:slug>/gabung/", registering.join, name="join"),
    path("<slug:slug>/anggota/", also_by_former_slug(registering.members), name="members"),
    path("<slug:slug>/anggota/<int:pk>/", registering.change_member, name="change_member"),
    path("<slug:slug>/undang/", invitations.invite, name="invite"),
    path("<slug:slug>/undang/<int:pk>/", invitations.revoke, name="revoke_invitation"),
    path("<slug:slug>/kim/", also_by_former_slug(forums.members), name="forum_members"),
    path("<slug:slug>/forum/", also_by_former_slug(forums.federation), name="federation"),
    path("<slug:slug>/forum/<int:pk>/", forums.change, name="change_federation"),
    path("<slug:slug>/profil/", also_by_former_slug(profile.edit), name="profile"),
    path("<slug:slug>/perubahan/", also_by_former_slug(changes.begin), name="begin_change"),
    path("<slug:slug>/perubahan/<int:pk>/", also_by_former_slug(changes.detail), name="change"),
    path("<slug:slug>/perubahan/<int:pk>/ubah/", also_by_former_slug(changes.edit), name="edit_change"),
    path("<slug:slug>/perubahan/<int:pk>/langkah/", changes.move, name="move_change"),
]
