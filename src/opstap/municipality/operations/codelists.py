"""Installing the shipped code lists and the state pension ages, and what an administrator changes in the lists."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

from opstap.audit.operations import require_unchanged, writing
from opstap.audit.permissions import Actor
from opstap.foundation import dates
from opstap.municipality.logic import is_needed, kinds_not_recorded
from opstap.municipality.models import Code, CodeLabel, CodeList, StatePensionAge
from opstap.municipality.selectors import PLACE, last_label_of

FIRST_OWN_POSITION = 1000  # after everything that is shipped, now or later
LONGEST = 36  # room for a number behind a code that exists already
ROOM = Path(__file__).resolve().parent.parent


def install_code_lists(*, by: Actor) -> None:
    """Bring codes, labels and words in line with the shipped files; a code that exists keeps its identity.

    What an administrator added, ended, named or moved stays as it is.
    """
    by.require("configure_municipality")
    lists = tomllib.loads((ROOM / "codelists.toml").read_text(encoding="utf-8"))["list"]
    ages = tomllib.loads((ROOM / "state_pension_age.toml").read_text(encoding="utf-8"))
    with writing(by=by, verb="install_code_lists", count=len(lists)):
        for entry in lists:
            _install_list(entry)
        _install_pension_ages(ages)


def add_code(*, by: Actor, code_list: CodeList, nl: str, en: str, since: date, counts_as_benefit: bool = False) -> Code:
    """Add a code that can be chosen from a day on; what identifies it is made of its Dutch label."""
    by.require("configure_municipality")
    with writing(by=by, verb="add_code", about=code_list.key):
        code = Code.objects.create(
            code_list=code_list,
            code=_free_code(code_list, nl),
            position=FIRST_OWN_POSITION + Code.objects.filter(code_list=code_list, is_own=True).count(),
            valid_from=since,
            counts_as_benefit=counts_as_benefit,
            is_own=True,
        )
        _add_label(by, code, nl, en, None)
    return code


def relabel_code(*, by: Actor, code: Code, nl: str, en: str, since: date, opened_on: str | None = None) -> None:
    """Call a code otherwise from a day on; earlier days go on reading the words of then.

    `opened_on` is the version that a form was opened on: ReplacedMeanwhile when somebody named it otherwise since.
    """
    by.require("configure_municipality")
    with writing(by=by, verb="relabel_code", about=f"{code.code_list.key}:{code.code}"):
        require_unchanged("code-label", {"last": last_label_of(code.pk)}, opened_on)
        _add_label(by, code, nl, en, since)


class NotRecorded(ValueError):
    """A label that names what is not recorded about a person (`not_recorded.toml`)."""


class CodeNeeded(ValueError):
    """Opstap records this code by itself, so that it can't end; it can get another name."""


def end_code(*, by: Actor, code: Code, ends_on: date | None, opened_on: str | None = None) -> None:
    """Let a code be chosen no more from a day on, or again (None); what was recorded with it stays readable.

    `opened_on` as where it is named otherwise.
    """
    by.require("configure_municipality")
    if ends_on is not None and is_needed(code.code_list.key, code.code):
        raise CodeNeeded(code.code)
    with writing(by=by, verb="end_code", about=f"{code.code_list.key}:{code.code}"):
        code.refresh_from_db()
        require_unchanged("code-end", {"ends_on": code.ended_on}, opened_on)
        code.ended_on = ends_on
        code.save()


def move_code(*, by: Actor, code: Code) -> None:
    """Put a code one place earlier in its list."""
    by.require("configure_municipality")
    with writing(by=by, verb="move_code", about=f"{code.code_list.key}:{code.code}"):
        codes = list(Code.objects.filter(code_list=code.code_list).order_by(PLACE, "pk"))
        place = next(number for number, one in enumerate(codes) if one.pk == code.pk)
        codes.insert(max(place - 1, 0), codes.pop(place))
        for number, one in enumerate(codes):
            one.own_position = number
        Code.objects.bulk_update(codes, ["own_position"])


def _add_label(by: Actor, code: Code, nl: str, en: str, since: date | None) -> None:
    if kinds_not_recorded(nl, en):
        raise NotRecorded(nl)
    CodeLabel.objects.create(
        code=code, nl=nl, en=en, starts_on=since, is_own=True, recorded_at=dates.now(), recorded_by=by.name[:120]
    )


def _free_code(code_list: CodeList, label: str) -> str:
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().casefold()
    base = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:LONGEST] or "code"
    taken = set(Code.objects.filter(code_list=code_list).values_list("code", flat=True))
    numbered = (base if number == 1 else f"{base}_{number}" for number in range(1, len(taken) + 2))
    return next(code for code in numbered if code not in taken)


def _install_list(entry: dict[str, Any]) -> None:
    code_list, _ = CodeList.objects.update_or_create(
        key=entry["key"], defaults={"name_nl": entry["name"]["nl"], "name_en": entry["name"]["en"]}
    )
    for position, item in enumerate(entry["code"]):
        valid = item.get("valid", {})
        code, _ = Code.objects.update_or_create(
            code_list=code_list,
            code=item["code"],
            defaults={
                "position": position,
                "valid_from": valid.get("from"),
                "valid_until": valid.get("until"),
                "counts_as_benefit": item.get("counts_as_benefit", False),
                "cbs_code": item.get("cbs_code", ""),
                "delivered": item.get("delivered", False),
                "synonyms": item.get("synonyms", []),
                "finer": item.get("finer", []),
            },
        )
        code.labels.filter(is_own=False).delete()
        CodeLabel.objects.bulk_create(
            CodeLabel(
                code=code, nl=label["nl"], en=label["en"], starts_on=label.get("from"), ends_on=label.get("until")
            )
            for label in item["labels"]
        )


def _install_pension_ages(ages: dict[str, Any]) -> None:
    StatePensionAge.objects.all().delete()
    StatePensionAge.objects.bulk_create(
        StatePensionAge(
            born_from=row.get("born_from"), born_until=row.get("born_until"), years=row["years"], months=row["months"]
        )
        for row in next(value for value in ages.values() if isinstance(value, list))
    )
