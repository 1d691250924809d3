"""Addresses of the reporting room. No personal data and no numbers of ours stand in them."""

from django.urls import path

from opstap.reporting.views import people, reports

app_name = "reporting"
urlpatterns = [
    path("", reports.index, name="index"),
    path("<slug:slug>/", reports.report, name="report"),
    path("<slug:slug>/bestand/<slug:file_format>/", reports.export, name="export"),
    path("<slug:slug>/mensen/", people.people, name="people"),
]
