"""What the pages share: whose help it is, what stands under a reference, the lists, and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opstap.accounts.permissions import actor_of
from opstap.audit.permissions import Actor
from opstap.clients.models import Client, Person
from opstap.clients.permissions import dossier_or_404, narrowed
from opstap.foundation import dates
from opstap.foundation.ui.addresses import own_path
from opstap.ladder.selectors.scales import ScaleOnDay
from opstap.municipality.tables import Choices, dated_choices
from opstap.plans.enums import Part
from opstap.plans.logic import PlansRefused, Remark
from opstap.plans.selectors.choices import Lists, labels_of, options_of, own_scale
from opstap.plans.selectors.help import Thing, standing, versions_of
from opstap.plans.tables.words import FIELDS, fault_words, warning_words


@dataclass(frozen=True)
class Desk:
    """Somebody at work on the help of one client."""

    request: HttpRequest
    actor: Actor
    client: Client
    dossiers: tuple[int, ...]  # of the client and of those merged into it
    today: date
    language: str

    @cached_property
    def person(self) -> Person | None:
        """Who the client is."""
        return Person.objects.current().filter(client=self.client).first()

    @property
    def name(self) -> str:
        """As in a list; the client number where nobody knows the name."""
        return self.person.list_name if self.person else self.client.number

    @cached_property
    def choices(self) -> Mapping[str, Choices]:
        """What can be chosen: what holds today first, then what belongs to other days."""
        return self.choices_with()

    def choices_with(self, *held: str) -> Mapping[str, Choices]:
        """The same, with what stands there among what holds."""
        options = options_of(self.today)
        return {
            key: dated_choices(listed.values(), self.language, held=next((one for one in held if one in listed), ""))
            for key, listed in options.items()
        }

    @cached_property
    def labels(self) -> Lists:
        """What every code is called today."""
        return labels_of(self.today, self.language)

    @cached_property
    def scale(self) -> ScaleOnDay:
        """The ladder of the municipality."""
        return own_scale(self.client, self.today)

    @property
    def next(self) -> str:
        """Where to go after this, if the address says so: a page of our own."""
        return own_path(self.request.POST.get("next") or self.request.GET.get("next"))

    @property
    def way_back(self) -> str:
        """Where one came from, else the dossier."""
        return self.next or reverse("dossier:client", args=[self.client.reference])

    @property
    def url(self) -> str:
        """The overview of this client's help."""
        return reverse("plans:help", args=[self.client.reference])

    def thing(self, reference: str) -> tuple[Part, Thing]:
        """What stands of this client under a reference; anything else does not exist."""
        found = standing(self.dossiers, reference)
        if found is None:
            raise Http404
        return found

    def versions(self, reference: str) -> list[Thing]:
        """Everything that was recorded of a thing of this client, the newest first, a withdrawal too."""
        for part in Part:
            found = versions_of(part, self.dossiers, reference)
            if found:
                return found
        raise Http404

    def context(self, page: str = "", **more: Any) -> dict[str, Any]:
        """What every page shows."""
        trail = [
            {"label": self.name, "url": reverse("dossier:client", args=[self.client.reference])},
            {"label": _("Help"), "url": self.url if page else ""},
        ]
        if page:
            trail.append({"label": page, "url": ""})
        return {
            "client": self.client,
            "name": self.name,
            "birth_date": self.person.birth_date if self.person else None,
            "today": self.today,
            "next": self.next,
            "way_back": self.way_back,
            "trail": trail,
            **more,
        }

    def said(self, text: str, remarks: list[Remark]) -> None:
        """Say that it was saved, and what is worth a look."""
        messages.success(self.request, text)
        for code in dict.fromkeys(remark.code for remark in remarks):
            messages.warning(self.request, warning_words(code))

    def on(self, *, place_again: bool = False) -> HttpResponse:
        """On to where one came from; by way of a placement when something ended that may have changed where one is."""
        if not place_again or not self.actor.may("record_placements"):
            return redirect(self.way_back)
        asked = {"ladder": self.scale.key, "reason": "after_instrument", "next": self.way_back}
        return redirect(f"{reverse('ladder:place', args=[self.client.reference])}?{urlencode(asked)}")


def desk_of(request: HttpRequest, reference: str, *, reading: bool = False) -> Desk:
    """The desk for the client at a reference, who must be within reach."""
    actor = actor_of(request)
    client, merged = dossier_or_404(actor, reference, reading=reading)
    actor = narrowed(actor, client)
    dossiers = (client.pk, *(other.client_id for other in merged))
    return Desk(request, actor, client, dossiers, dates.today(), get_language() or "nl")


def show_faults(form: Any, refused: PlansRefused) -> None:
    """Each fault at its field, if the form has it."""
    for fault in refused.faults:
        field = next((name for name in FIELDS.get(fault.code, ()) if name in form.fields), None)
        form.add_error(field, fault_words(fault.code))
