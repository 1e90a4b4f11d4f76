"""Addresses beneath /kantor/. Every view goes through office.guard.office_view."""

from django.urls import path

from office import views
from office.postings import posting_urls

app_name = "office"
urlpatterns = [
    path("", views.desk, name="desk"),
    *posting_urls,
    path("<slug:kind>/<int:pk>/", views.item, name="item"),
    path("<slug:kind>/<int:pk>/putusan/", views.decide, name="decide"),
]
