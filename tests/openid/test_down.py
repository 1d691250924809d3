"""A provider that does not answer, or describes itself wrongly: what is remembered of it, and who waits for it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache

from opstap.accounts.models import Session, User
from opstap.foundation.openid import Connection, ProviderDown
from opstap.foundation.openid.provider import Provider
from opstap.foundation.openid.refusals import DescriptionRefused
from tests.factories.accounts import a_case_manager, a_team
from tests.factories.municipality import a_municipality, a_setting
from tests.openid.provider import INTO, Running, Visitor, person

pytestmark = pytest.mark.django_db


def test_a_provider_that_tells_of_people_over_an_unsafe_road_is_not_believed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    safe = Provider(Connection("https://login.example", "opstap", "geheim"))
    described = {
        "issuer": "https://login.example",
        "jwks_uri": "https://login.example/keys",
        "userinfo_endpoint": "http://login.example/me",
    }
    monkeypatch.setattr("authlib.integrations.django_client.DjangoOAuth2App.load_server_metadata", lambda _: described)
    monkeypatch.setattr("authlib.integrations.django_client.DjangoOAuth2App.fetch_jwk_set", lambda _: {"keys": []})
    with pytest.raises(ProviderDown, match="userinfo_endpoint"):
        safe._asked()
    described["userinfo_endpoint"] = "https://login.example/me"
    safe._asks_again_at = 0.0
    assert safe._asked().server_metadata is not None


def test_a_provider_that_does_not_answer_is_left_alone_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    found, asked = Provider(Connection("https://login.example", "opstap", "geheim")), []

    def silent(_provider: Provider) -> Any:
        asked.append(1)
        raise OSError

    monkeypatch.setattr(Provider, "_described", silent)
    for _time in range(3):
        with pytest.raises(ProviderDown):
            found._asked()
    assert len(asked) == 1
    found._asks_again_at = 0.0  # half a minute later
    with pytest.raises(ProviderDown):
        found._asked()
    assert len(asked) == 2
    assert found.sign_out_address() == ""


def test_an_old_description_is_used_while_there_is_no_newer(monkeypatch: pytest.MonkeyPatch) -> None:
    found, answers = Provider(Connection("https://login.example", "opstap", "geheim")), ["eerste", OSError()]

    def described(_provider: Provider) -> Any:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(Provider, "_described", described)
    assert found._asked() == "eerste"
    found._asks_again_at = 0.0  # an hour later
    assert [found._asked(), found._asked()] == ["eerste", "eerste"]
    assert answers == []
    found._asks_again_at = 0.0
    answers.append(DescriptionRefused("other issuer"))
    for _time in range(2):
        with pytest.raises(ProviderDown):
            found._asked()


def test_nobody_waits_long_while_it_is_asked_for_somebody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("opstap.foundation.openid.provider.PATIENCE", 0.01)
    found = Provider(Connection("https://login.example", "opstap", "geheim"))
    with found._asking, pytest.raises(ProviderDown):
        found._asked()


@pytest.mark.openid
def test_signing_out_does_not_wait_for_a_provider_that_is_down(provider: Running) -> None:
    a_setting(town := a_municipality(), "second_factor_roles", "none")
    a_case_manager(a_team(town), name="Jo Jansen")
    User.objects.update(sign_in_name="jo@voorbeeldstad.example")
    provider.told(people={"s-1": person("Jo Jansen")})
    visitor = Visitor()
    visitor.sign_in("s-1")
    gone: list[bool] = []

    def silent(_provider: Provider) -> str:
        gone.append(not Session.objects.filter(user__isnull=False).exists())
        return ""

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Provider, "sign_out_address", silent)
        answer = visitor.browser.post("/afmelden/")
    assert gone == [True], "the session is over before it is asked"
    assert answer.headers["Location"] == "/aanmelden/"
    assert visitor.browser.get("/mijn/account/").status_code == 302


@pytest.mark.openid
def test_leaving_for_the_provider_without_end_makes_no_sessions_without_end(
    provider: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("opstap.accounts.views.organisation.LEAVING_EACH", 2)
    a_municipality()
    cache.clear()
    for _time in range(2):
        Visitor().leave()
    stopped = Visitor()
    answer = stopped.browser.get(INTO)
    assert answer.headers["Location"] == "/aanmelden/"
    assert "Wacht een kwartier" in stopped.words()
    assert Session.objects.count() == 2
    cache.clear()
