"""Addresses of the ladder room."""

from django.urls import path

from opstap.ladder.views import changing, placing, scales

app_name = "ladder"
urlpatterns = [
    path("ladders/", scales.scales, name="scales"),
    path("ladders/<slug:key>/", scales.scale, name="scale"),
    path("plaatsen/<slug:reference>/", placing.place, name="place"),
    path("plaatsen/<slug:reference>/bevestigen/", placing.confirm, name="confirm"),
    path("plaatsen/<slug:reference>/concept/", placing.keep_draft, name="draft"),
    path("plaatsen/<slug:reference>/concept-weg/", placing.drop_draft, name="drop-draft"),
    path("plaatsen/<slug:reference>/<slug:placement>/verbeteren/", changing.correct, name="correct"),
    path("plaatsen/<slug:reference>/<slug:placement>/intrekken/", changing.withdraw, name="withdraw"),
    path("plaatsen/<slug:reference>/<slug:placement>/verplaatsen/", changing.move, name="move"),
]
