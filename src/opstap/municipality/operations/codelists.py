"""Installing the shipped code lists and the table of state pension ages."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from opstap.audit.operations import writing
from opstap.audit.permissions import Actor
from opstap.municipality.models import Code, CodeLabel, CodeList, StatePensionAge

ROOM = Path(__file__).resolve().parent.parent


def install_code_lists(*, by: Actor) -> None:
    """Bring codes, labels and words in line with the shipped files; a code that exists keeps its identity."""
    by.require("configure_municipality")
    lists = tomllib.loads((ROOM / "codelists.toml").read_text(encoding="utf-8"))["list"]
    ages = tomllib.loads((ROOM / "state_pension_age.toml").read_text(encoding="utf-8"))
    with writing(by=by, verb="install_code_lists", count=len(lists)):
        for entry in lists:
            _install_list(entry)
        _install_pension_ages(ages)


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
        code.labels.all().delete()
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
