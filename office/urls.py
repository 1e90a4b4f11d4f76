"""Addresses beneath /kantor/. Every view goes through office.guard.office_view."""

from django.urls import path

from office import views
from office.announcements import announcement_urls
from office.aspirations import aspiration_urls
from office.at_work import choice_urls
from office.audit import audit_urls
from office.cases import case_urls
from office.exports import export_urls
from office.importing import import_urls
from office.life import life_urls
from office.overview import overview_urls
from office.overview_data import data_urls
from office.postings import posting_urls
from office.remarking import remark_urls
from office.reports import report_urls
from office.settings_pages import settings_urls
from office.taking import taking_urls
from office.together import together_urls

app_name = "office"
urlpatterns = [
    path("", views.desk, name="desk"),
    *choice_urls,
    *posting_urls,
    *settings_urls,
    *together_urls,
    *taking_urls,
    *life_urls,
    *import_urls,
    *data_urls,
    *overview_urls,
    *export_urls,
    *report_urls,
    *audit_urls,
    *announcement_urls,
    *aspiration_urls,
    *case_urls,
    *remark_urls,
    path("laporan-warga/<int:pk>/putusan/", views.decide_case, name="decide_case"),
    path("<slug:kind>/<int:pk>/", views.item, name="item"),
    path("<slug:kind>/<int:pk>/putusan/", views.decide, name="decide"),
    path("<slug:kind>/<int:pk>/catatan/", views.note, name="note"),
]
