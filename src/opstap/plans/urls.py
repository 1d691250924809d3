"""Addresses of the plans room."""

from django.urls import path

from opstap.plans.enums import Part
from opstap.plans.views import adding, changing, overview

app_name = "plans"
urlpatterns = [
    path("<slug:reference>/", overview.overview, name="help"),
    path("<slug:reference>/traject/", adding.begin, name="begin"),
    path("<slug:reference>/<slug:item>/activiteit/", adding.add, {"part": Part.ACTIVITY}, name="add-activity"),
    path("<slug:reference>/<slug:item>/instrument/", adding.add, {"part": Part.INSTRUMENT}, name="add-instrument"),
    path("<slug:reference>/<slug:item>/beeindigen/", changing.end, name="end"),
    path("<slug:reference>/<slug:item>/verbeteren/", changing.change, name="change"),
    path("<slug:reference>/<slug:item>/intrekken/", changing.withdraw, name="withdraw"),
    path("<slug:reference>/<slug:item>/verloop/", overview.history, name="history"),
]
