"""A town in which everything that is counted changes after the figures were set down, by the operations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from opstap.accounts.operations import create_team, rename_team
from opstap.audit.operations import ReplacedMeanwhile
from opstap.clients.logic import (
    AddressRow,
    AssignmentRow,
    BenefitSpellRow,
    ExemptionRow,
    FollowUpRow,
    RowsRefused,
    TraitRow,
)
from opstap.clients.models import Alias, Assignment, BenefitSpell, Client, Exemption, FollowUp, Trait
from opstap.clients.operations import (
    NewHousehold,
    end_household,
    merge_clients,
    record_addresses,
    record_exemptions,
    record_held_fact,
    record_households,
    undo_merge,
    withdraw_held_fact,
)
from opstap.ladder.logic import MeasurementsRefused
from opstap.ladder.models import Measurement
from opstap.ladder.operations import move_measurement, withdraw_measurement
from opstap.municipality.logic import DURATION_CLASSES
from opstap.municipality.operations import change_setting
from tests.factories.clients import BY, a_client, followed, in_caseload, on_benefit, with_trait
from tests.factories.districts import a_postcode, a_table
from tests.factories.ladder import placed
from tests.factories.plans import a_trajectory, an_instrument
from tests.factories.publications import SetDown, a_town_to_publish

DISTRICTS = {"8601AA": "Noorderhoek", "8602BB": "Centrum", "8603CC": "Zuiderpark"}
SAME_DISTRICT = "Noorderhoek"
"""The one that stays when the others become one: of who is erased only the district of the newest table is left."""
TRAITS = {
    "low_literate": ("yes", "no"),
    "basic_qualification": ("yes", "no"),
    "integration": ("none", "duty", "need"),
    "income_situation": ("benefit_only", "benefit_and_work"),
}
KINDS = ("single", "single_parent", "couple")
LEVELS = ("0", "1", "2", "3", "4", "5", "6")
REFUSED = (RowsRefused, MeasurementsRefused, ReplacedMeanwhile)


def a_town_of_many_lives(random: Random) -> SetDown:
    """The town that is set down, with everything that can be counted of its people; some left within the year."""
    made = a_town_to_publish()
    a_table(made.town, *(a_postcode(made.town, code, name) for code, name in DISTRICTS.items()))
    for client in made.people:
        for kind, values in TRAITS.items():
            with_trait(client, kind, random.choice(values))
        on_benefit(client, made.on - timedelta(days=random.randint(100, 5000)))
    since = date(2020, 1, 1)
    record_addresses(
        by=BY, rows=[AddressRow(one.pk, since, None, postcode=random.choice([*DISTRICTS])) for one in made.people]
    )
    record_exemptions(by=BY, rows=[ExemptionRow(one.pk, "medical", made.before) for one in made.people[::4]])
    households = [
        NewHousehold(KINDS[number % 3], since, ((one.pk, "interested_party"), (other.pk, "partner")))
        for number, (one, other) in enumerate(zip(made.people[:80:2], made.people[1:80:2], strict=True))
    ]
    record_households(by=BY, municipality=made.town, rows=households)
    for client in made.people[::9]:
        an_instrument(a_trajectory(client, since=made.before))
        placed(client, "2", on=made.on - timedelta(days=500))
    for client in made.people[5::12]:
        held = FollowUp.objects.current().get(client=client)
        followed(client, held.starts_on, made.on - timedelta(days=random.randint(1, 200)), replaces=held.pk)
    return made


@dataclass
class Changes:
    """What happens to it afterwards, one thing at a time; `done` counts each kind that was not refused."""

    made: SetDown
    random: Random
    done: Counter[str] = field(default_factory=Counter)
    touched: set[int] = field(default_factory=set)

    def happen(self, times: int) -> None:
        """So many, of all kinds in turn, but those that are refused."""
        kinds = self._kinds()
        tried = 0
        while self.done.total() < times and tried < 10 * times:
            name = list(kinds)[tried % len(kinds)]
            tried += 1
            client = self.random.choice(self.made.people)
            try:
                kinds[name](client)
            except REFUSED:
                continue
            self.touched.add(client.pk)
            self.done[name] += 1

    def day(self) -> date:
        """One of the two years up to the reference date, or shortly after."""
        return self.made.on - timedelta(days=self.random.randint(-20, 730))

    def _kinds(self) -> dict[str, Callable[[Client], None]]:
        return {
            "placed before": self._placed,
            "placement corrected": self._placement_corrected,
            "placement withdrawn": self._placement_withdrawn,
            "placement moved": self._placement_moved,
            "follow-up moved": self._follow_up_moved,
            "follow-up withdrawn": lambda client: self._withdrawn("follow_up", FollowUp, client),
            "came before": self._came,
            "caseload moved": self._caseload_moved,
            "trait": self._trait,
            "trait withdrawn": lambda client: self._withdrawn("trait", Trait, client),
            "spell": self._spell,
            "spell withdrawn": lambda client: self._withdrawn("benefit", BenefitSpell, client),
            "household ended": self._household,
            "exempt": lambda client: record_exemptions(by=BY, rows=[ExemptionRow(client.pk, "medical", self.day())]),
            "exemption withdrawn": lambda client: self._withdrawn("exemption", Exemption, client),
            "instrument": lambda client: _discard(an_instrument(a_trajectory(client, since=self.day()))),
            "moved house": self._moved_house,
            "address kept secret": lambda client: self._moved_house(client, secret=True),
            "merged": self._merged,
            "merge undone": self._unmerged,
            "organisation": self._organisation,
        }

    def _placed(self, client: Client) -> None:
        placed(client, self.random.choice(LEVELS), on=self.day(), growth=self.random.choice(("yes", "no", "unknown")))

    def _placement_corrected(self, client: Client) -> None:
        held = self._placement(client)
        placed(client, self.random.choice(LEVELS), on=held.measured_on, replaces=held)

    def _placement_withdrawn(self, client: Client) -> None:
        withdraw_measurement(by=BY, measurement=self._placement(client), why="niet goed")

    def _placement_moved(self, client: Client) -> None:
        other = self.random.choice(self.made.people)
        move_measurement(by=BY, measurement=self._placement(client), to=other, why="andere dossier", takes_over=True)
        self.touched.add(other.pk)

    def _placement(self, client: Client) -> Measurement:
        held: Measurement = _one(Measurement.objects.current().filter(client=client, second_assessment=False).first())
        return held

    def _follow_up_moved(self, client: Client) -> None:
        held = _one(FollowUp.objects.current().filter(client=client).first())
        starts = self.day()
        ends = self.random.choice((None, starts + timedelta(days=self.random.randint(30, 600))))
        record_held_fact(by=BY, what="follow_up", row=FollowUpRow(client.pk, starts, ends, replaces_id=held.pk))

    def _came(self, client: Client) -> None:
        del client
        new = a_client(self.made.town, followed_since=self.day())
        in_caseload(new, team=self.made.teams[0])
        placed(new, "2", on=self.day())
        self.touched.add(new.pk)

    def _caseload_moved(self, client: Client) -> None:
        held = _one(Assignment.objects.current().filter(client=client).first())
        place = self.random.randrange(12)
        row = AssignmentRow(
            client.pk,
            held.starts_on + timedelta(days=1),
            None,
            team_id=self.made.teams[place % 2].pk,
            worker_id=self.made.workers[place].pk,
            replaces_id=held.pk,
        )
        record_held_fact(by=BY, what="assignment", row=row)

    def _trait(self, client: Client) -> None:
        kind = self.random.choice([*TRAITS])
        held = _one(Trait.objects.current().filter(client=client, kind=kind).first())
        value = self.random.choice(TRAITS[kind])
        record_held_fact(by=BY, what="trait", row=TraitRow(client.pk, kind, value, self.day(), replaces_id=held.pk))

    def _spell(self, client: Client) -> None:
        held = _one(BenefitSpell.objects.current().filter(client=client).first())
        row = BenefitSpellRow(client.pk, held.kind, self.day() - timedelta(days=300), None, replaces_id=held.pk)
        record_held_fact(by=BY, what="benefit", row=row)

    def _household(self, client: Client) -> None:
        end_household(by=BY, client=client, on=self.day())

    def _moved_house(self, client: Client, *, secret: bool = False) -> None:
        postcode = self.random.choice([*DISTRICTS])
        row = AddressRow(client.pk, self.day(), None, postcode=postcode, is_secret=secret)
        record_held_fact(by=BY, what="address", row=row)

    def _merged(self, client: Client) -> None:
        other = self.random.choice(self.made.people)
        merge_clients(by=BY, client=client, kept=other, why="dezelfde")
        self.touched.add(other.pk)

    def _unmerged(self, client: Client) -> None:
        del client
        held = _one(Alias.objects.current().select_related("client").first())
        undo_merge(by=BY, client=held.client, why="toch twee mensen")

    def _withdrawn(self, what: str, model: type[Any], client: Client) -> None:
        held = _one(model.objects.current().filter(client=client).first())
        withdraw_held_fact(by=BY, what=what, pk=held.pk, why="niet goed")

    def _organisation(self, client: Client) -> None:
        """The words and classes around everybody, also back in time."""
        del client
        town, turn = self.made.town, self.done["organisation"]
        since = self.made.on - timedelta(days=400)
        if turn == 0:
            rename_team(by=BY, team=self.made.teams[0], name="Aan de slag")
        elif turn == 1:
            change_setting(by=BY, municipality=town, key=DURATION_CLASSES, value="2,4", since=since)
        elif turn == 2:
            drawn_anew = {code: name if name == SAME_DISTRICT else "Eén wijk" for code, name in DISTRICTS.items()}
            a_table(town, *(a_postcode(town, *one, since=since) for one in drawn_anew.items()), since=since)
        elif turn == 3:
            create_team(by=BY, municipality=town, name="Nieuw team")
        else:
            change_setting(by=BY, municipality=town, key="benefit_gap_days", value=10 + turn, since=since)


def _one(found: Any) -> Any:
    """What there is; where there is none, nothing happens."""
    if found is None:
        raise RowsRefused([])
    return found


def _discard(_made: object) -> None:
    """What came of it is not needed."""
