"""Addresses beneath /berita/hak-jawab/."""

from django.urls import path

from replies import own, views, writing

app_name = "replies"
urlpatterns = [
    path("", views.reply_list, name="list"),
    path("tulis/<int:pk>/", writing.write, name="write"),
    path("konfirmasi/<str:token>/", writing.confirm, name="confirm"),
    path("milik/<str:token>/", own.by_link, name="own"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/saya/", own.signed_in, name="mine"),
]
