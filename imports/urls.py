"""Addresses beneath /klaim/; the pages of the office are in office/importing.py."""

from django.urls import path

from imports import views

app_name = "imports"
urlpatterns = [path("<int:pk>/<slug:code>/", views.claim, name="claim")]
