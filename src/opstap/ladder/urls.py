"""Addresses of the ladder room."""

from django.urls import path

from opstap.ladder.views import changing, crosswalks, designing, history, paper, placing, scales

app_name = "ladder"
urlpatterns = [
    path("ladders/", scales.scales, name="scales"),
    path("ladders/<slug:key>/", scales.scale, name="scale"),
    path("ladders/<slug:key>/formulier.pdf", paper.paper_of_scale, name="paper-of-scale"),
    path("beheer/ladders/", designing.designs, name="designs"),
    path("beheer/ladders/nieuw/", designing.new_design, name="new-design"),
    path("beheer/ladders/<slug:key>/", designing.design, name="design"),
    path("beheer/omzettingen/", crosswalks.crosswalks, name="crosswalks"),
    path("beheer/omzettingen/nieuw/", crosswalks.new_crosswalk, name="new-crosswalk"),
    path("beheer/omzettingen/<slug:key>/", crosswalks.crosswalk, name="crosswalk"),
    path("plaatsen/<slug:reference>/", placing.place, name="place"),
    path("plaatsen/<slug:reference>/formulier.pdf", paper.paper_of_client, name="paper-of-client"),
    path("plaatsen/<slug:reference>/bevestigen/", placing.confirm, name="confirm"),
    path("plaatsen/<slug:reference>/concept/", placing.keep_draft, name="draft"),
    path("plaatsen/<slug:reference>/concept-weg/", placing.drop_draft, name="drop-draft"),
    path("plaatsen/<slug:reference>/<slug:placement>/verbeteren/", changing.correct, name="correct"),
    path("plaatsen/<slug:reference>/<slug:placement>/intrekken/", changing.withdraw, name="withdraw"),
    path("plaatsen/<slug:reference>/<slug:placement>/verplaatsen/", changing.move, name="move"),
    path("plaatsen/<slug:reference>/<slug:placement>/geschiedenis/", history.history, name="history"),
]
