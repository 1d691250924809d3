"""Addresses of the reporting room. No personal data and no numbers of ours stand in them."""

from django.urls import path

from opstap.reporting.views import composed, extracts, files, people, publications, reports, research, series, targets

app_name = "reporting"
urlpatterns = [
    path("", reports.index, name="index"),
    path("<slug:slug>/", reports.report, name="report"),
    path("<slug:slug>/bestand/<slug:file_format>/", files.export, name="export"),
    path("<slug:slug>/grafiek/<slug:place>/<slug:file_format>/", files.chart, name="chart"),
    path("<slug:slug>/mensen/", people.people, name="people"),
]

# Research that is permitted, and extracts for it, included by `config.urls` under a name of its own.
research_patterns = (
    [
        path("", extracts.extracts, name="extracts"),
        path("toestaan/", research.permits, name="permits"),
        path("toestaan/<slug:reference>/", research.permit, name="permit"),
        path("uittreksel/<slug:reference>/", extracts.extract, name="extract"),
        path("uittreksel/<slug:reference>/bestand/<slug:file_format>/", extracts.extract_file, name="extract-file"),
    ],
    "research",
)

# Indicators that a municipality composes and their targets, under its administration, included by `config.urls`.
indicator_patterns = (
    [
        path("", composed.indicators, name="composed"),
        path("nieuw/<slug:kind>/", composed.new_indicator, name="new"),
        path("doelen/", targets.targets, name="targets"),
        path("doelen/<slug:reference>/", targets.target, name="target"),
        path("<slug:reference>/", composed.indicator, name="indicator"),
    ],
    "indicators",
)

# Figures that were set down, included by `config.urls` under a name of its own.
publication_patterns = (
    [
        path("", publications.publications, name="publications"),
        path("vaststellen/", publications.new, name="new"),
        path("reeks/", series.series, name="series"),
        path("reeks/bestand/<slug:file_format>/", series.series_file, name="series-file"),
        path("reeks/grafiek/<slug:file_format>/", series.series_chart, name="series-chart"),
        path("reeks/invoeren/", series.new_earlier, name="earlier-new"),
        path("reeks/gedrukt/<slug:reference>/", series.earlier, name="earlier"),
        path("<slug:reference>/", publications.publication, name="publication"),
        path("<slug:reference>/tabel/", publications.new_table, name="new-table"),
        path("<slug:reference>/intrekken/", publications.withdraw, name="withdraw"),
        path("<slug:reference>/opnieuw/", publications.again, name="again"),
        path("<slug:reference>/bestand/<slug:file_format>/", publications.publication_file, name="file"),
        path("<slug:reference>/grafiek/<slug:place>/<slug:file_format>/", publications.publication_chart, name="chart"),
    ],
    "publications",
)
