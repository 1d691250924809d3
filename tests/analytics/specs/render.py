"""A spec as markdown, for docs/indicators/. Not here: which page it stands on."""

from datetime import date

from tests.analytics.specs.spec import Spec, Table, Value


def render_spec(spec: Spec) -> str:
    """The spec as a piece of markdown: its rule, the tables that go in, and the table that comes out."""
    asked = f"On {_cell(spec.on)}"
    if spec.compared_with is not None:
        asked += f", compared with {_cell(spec.compared_with)}"
    if spec.halves_count:
        asked += ", on a scale that counts half-levels"
    if not spec.ordered:
        asked += ", on a scale without order"
    if spec.known_at is not None:
        asked += f", as known at recording {spec.known_at}"
    if spec.by is not None:
        asked += f", by {spec.by}"
    parts = [f"### {spec.name}", spec.sentence]
    parts += [f"Given {name}:\n\n{render_table(table)}" for name, table in spec.given.items()]
    parts.append(f"{asked}, `{spec.report}` gives:\n\n{render_table(spec.expected)}")
    if spec.shifts is not None:
        parts.append(f"with the shifts:\n\n{render_table(spec.shifts)}")
    if spec.totals is not None:
        parts.append(f"and in total:\n\n{render_table([spec.totals])}")
    return "\n\n".join(parts) + "\n"


def render_table(table: Table) -> str:
    """The rows as a markdown table, with every column that a row has."""
    if not table:
        return "*no rows*"
    columns = list(dict.fromkeys(column for row in table for column in row))
    lines = [_line([column.replace("_", " ") for column in columns]), _line(["---"] * len(columns))]
    lines += [_line([_cell(row.get(column)) for column in columns]) for row in table]
    return "\n".join(lines)


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.strftime("%d-%m-%Y")
    return str(value).replace("|", "\\|")
