"""Which places an area code or a postcode belongs to, and which of them an organization's name speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from checker.resources import lexicon


@cache
def _entries() -> tuple[tuple[dict[str, Any], ...], tuple[dict[str, Any], ...]]:
    data = lexicon("regions")
    return tuple(data["regions"]), tuple(data["provinces"])


@cache
def _places() -> frozenset[str]:
    regions, provinces = _entries()
    names = {place for entry in regions for place in (*entry["places"], entry["city"])}
    return frozenset(names | {item[key] for item in provinces for key in ("name", "short")})


def is_place(name: str) -> bool:
    """Whether a place bears this name."""
    return name in _places()


@lru_cache(maxsize=1024)
def own_regions(organization: str) -> tuple[int, ...]:
    """The indices of the regions that ``organization`` names; empty if it names none that is known.

    Regions whose city is named count alone (长春市朝阳区 is not in 北京). A province named alone is all of its
    regions.
    """
    regions, provinces = _entries()
    wide = tuple(item["name"] for item in provinces if item["name"] in organization)
    rest = organization
    for name in wide:
        if name.endswith(("省", "自治区")):
            rest = rest.replace(name, " ")
    hits = sorted({number for at in range(len(rest)) for number in _named_at(rest, at)})
    within = [number for number in hits if not wide or regions[number]["province"] in wide] or hits
    cities = [number for number in within if _city_in(regions[number]["city"], rest)]
    if cities or within:
        return tuple(cities or within)
    return tuple(number for number, entry in enumerate(regions) if entry["province"] in wide)


def _named_at(text: str, at: int) -> Iterator[int]:
    """The regions one of whose places stands in ``text`` at ``at``."""
    begins = at == 0 or text[at - 1] in _before()
    for place, number in _by_beginning().get(text[at : at + 2], ()):
        if text.startswith(place, at) and (begins or _stands_within(place, number)):
            yield number


@cache
def _before() -> str:
    """The characters after which a name may begin."""
    return "".join((_OPENS, *territory_ends(), *(word[-1] for word in lexicon("names")["party"])))


@cache
def territory_ends() -> tuple[str, ...]:
    """The characters that the names of territories end in."""
    return tuple(lexicon("names")["territory_ends"])


def _stands_within(place: str, number: int) -> bool:
    """Whether a place may stand in the middle of a name: one without 市 or 县 that is no city may be none there
    (岳阳信息职业学院)."""
    return place.endswith(territory_ends()) or place + "市" == _entries()[0][number]["city"]


_OPENS = " "


@cache
def _by_beginning() -> dict[str, list[tuple[str, int]]]:
    """The places and the indices of their regions, by their first two characters."""
    found: dict[str, list[tuple[str, int]]] = {}
    for number, entry in enumerate(_entries()[0]):
        for place in entry["places"]:
            found.setdefault(place[:2], []).append((place, number))
    return found


def _city_in(city: str, text: str) -> bool:
    return city in text or (len(city) > 2 and city.endswith("市") and city[:-1] in text)


@lru_cache(maxsize=1024)
def _holders(code: str, kind: str) -> tuple[int, ...]:
    """The regions of an area code (kind ``area``) or of a postcode, by its longest prefix that is known."""
    regions, _ = _entries()
    if kind == "area":
        return tuple(number for number, entry in enumerate(regions) if code in entry["codes"])
    for length in range(len(code), 1, -1):
        prefix = code[:length]
        found = [number for number, entry in enumerate(regions) if prefix in entry["postcodes"]]
        if found:
            return tuple(found)
    return ()


def region_names(code: str, kind: str) -> tuple[str, ...]:
    """The cities that ``code`` belongs to; ``kind`` is ``area`` or ``postcode``."""
    regions, _ = _entries()
    return tuple(dict.fromkeys(regions[number]["city"] for number in _holders(code, kind)))


def serves_area(organization: str, code: str) -> bool:
    """Whether the organization may have a phone with this area code; what is unknown may."""
    return _serves(organization, code, "area")


def serves_postcode(organization: str, code: str) -> bool:
    """Whether the organization may have this postcode; what is unknown may."""
    return _serves(organization, code, "postcode")


def _serves(organization: str, code: str, kind: str) -> bool:
    own, holders = own_regions(organization), _holders(code, kind)
    if not own or not holders:
        return True
    if kind == "area":
        return not set(own).isdisjoint(holders)
    regions, _ = _entries()
    prefixes = {prefix for number in own for prefix in regions[number]["postcodes"]}
    return any(code.startswith(prefix) for prefix in prefixes) or not set(own).isdisjoint(holders)
