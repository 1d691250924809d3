"""The wijken and buurten of the town, by the postcodes of its people; one postcode lies outside the table."""

from __future__ import annotations

_TOWN = {
    ("WK01", "Centrum"): (("9990", "BU0101", "Binnenstad"), ("9991", "BU0102", "Stationsbuurt")),
    ("WK02", "Noord"): (
        ("9992", "BU0201", "Noorderpark"),
        ("9993", "BU0202", "Bloemenbuurt"),
        ("9994", "BU0203", "De Kamp"),
    ),
    ("WK03", "Zuid"): (("9995", "BU0301", "Zuiderveld"), ("9996", "BU0302", "Componistenbuurt")),
    ("WK04", "Havenkwartier"): (("9997", "BU0401", "Oude Haven"), ("9998", "BU0402", "Scheepswerf")),
}
DISTRICTS = [
    (postcode, code, name, finer_code, finer_name)
    for (code, name), places in _TOWN.items()
    for postcode, finer_code, finer_name in places
]
