"""Addresses of the contacts room."""

from django.urls import path

from opstap.contacts.views import agenda, changing, noting, planning

app_name = "contacts"
urlpatterns = [
    path("vandaag/", agenda.today, name="today"),
    path("deze-week/", agenda.week, name="week"),
    path("<slug:reference>/", noting.note, name="note"),
    path("<slug:reference>/concept/", noting.keep_draft, name="draft"),
    path("<slug:reference>/concept-weg/", noting.drop_draft, name="drop-draft"),
    path("<slug:reference>/afspraak/", planning.plan, name="plan"),
    path("<slug:reference>/afspraak-vervalt/", planning.cancel, name="cancel"),
    path("<slug:reference>/<slug:contact>/verbeteren/", changing.correct, name="correct"),
    path("<slug:reference>/<slug:contact>/intrekken/", changing.withdraw, name="withdraw"),
    path("<slug:reference>/<slug:contact>/geschiedenis/", changing.history, name="history"),
]
