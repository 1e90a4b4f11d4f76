"""Addresses beneath /aspirasi/."""

from django.urls import path

from aspirations import views, writing

app_name = "aspirations"
urlpatterns = [
    path("", views.aspiration_list, name="list"),
    path("tulis/", writing.write, name="write"),
    path("saya/", views.mine, name="mine"),
    path("konfirmasi/<str:token>/", writing.confirm, name="confirm"),
    path("milik/<str:token>/", views.own, name="own"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/dukung/", views.support, name="support"),
    path("<int:pk>/langkah/", views.step, name="step"),
]
