"""All addresses. Each room has its own; only opaque references stand in them."""

from django.urls import include, path
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from opstap.config.security_txt import security_txt
from opstap.config.views import begin, home
from opstap.dossier.urls import desk_patterns
from opstap.exchange.views.districts import districts
from opstap.privacy.urls import retention_patterns, rights_patterns
from opstap.reporting.urls import indicator_patterns, publication_patterns, research_patterns

handler500 = "opstap.config.views.went_wrong"

urlpatterns = [
    path("", home, name="home"),
    path(".well-known/security.txt", security_txt, name="security-txt"),
    path("begin/", begin, name="begin"),
    path("taal/", require_POST(set_language), name="set_language"),
    path("", include("opstap.accounts.urls")),
    path("", include("opstap.administration.urls")),
    path("", include("opstap.clients.urls")),
    path("rapporten/", include("opstap.reporting.urls")),
    path("publicaties/", include(publication_patterns)),
    path("onderzoek/", include(research_patterns)),
    path("beheer/indicatoren/", include(indicator_patterns)),
    path("inzage/", include("opstap.privacy.urls")),
    path("verzoeken/", include(rights_patterns)),
    path("bewaren/", include(retention_patterns)),
    path("import/", include("opstap.exchange.urls")),
    path("beheer/wijken/", districts, name="districts"),
    path("", include("opstap.ladder.urls")),
    path("", include(desk_patterns)),
    path("clienten/", include("opstap.dossier.urls")),
    path("contact/", include("opstap.contacts.urls")),
    path("hulp/", include("opstap.plans.urls")),
]
