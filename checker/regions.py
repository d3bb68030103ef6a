"""Which places an area code or a postcode belongs to, and which of them an organization's name speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from checker.caching import kept
from checker.resources import lexicon

_SHELVES = 64


@kept
def _known() -> dict[str, Any]:
    """The lexicon as it is asked, in few objects, so that it loads at once: the ``cities`` and ``provinces`` of the
    regions; ``shelves``, the places with their regions, one in a line, sorted by their first characters; ``area`` and
    ``postcode``, the regions by code; ``names``, all that a place is called; ``wide``, the names of the provinces."""
    data = lexicon("regions")
    found: dict[str, Any] = {"area": {}, "postcode": {}}
    shelves: list[list[str]] = [[""] for _ in range(_SHELVES)]
    names = {item[key] for item in data["provinces"] for key in ("name", "short")}
    for number, entry in enumerate(data["regions"]):
        names.update((*entry["places"], entry["city"]))
        for place in entry["places"]:
            shelves[ord(place[0]) % _SHELVES].append(f"{place} {number}")
        for kind, codes in (("area", entry["codes"]), ("postcode", entry["postcodes"])):
            for code in dict.fromkeys(codes):
                found[kind].setdefault(code, []).append(number)
    return found | {
        "cities": [entry["city"] for entry in data["regions"]],
        "provinces": [entry["province"] for entry in data["regions"]],
        "shelves": ["\n".join((*lines, "")) for lines in shelves],
        "names": "\n".join(("", *sorted(names), "")),
        "wide": [item["name"] for item in data["provinces"]],
    }


def is_place(name: str) -> bool:
    """Whether a place bears this name."""
    return f"\n{name}\n" in _known()["names"]


@lru_cache(maxsize=1024)
def own_regions(organization: str) -> tuple[int, ...]:
    """The indices of the regions that ``organization`` names; empty if it names none that is known.

    Regions whose city is named count alone (长春市朝阳区 is not in 北京). A province named alone is all of its
    regions.
    """
    cities, provinces = _known()["cities"], _known()["provinces"]
    wide = tuple(name for name in _known()["wide"] if name in organization)
    rest = organization
    for name in wide:
        if name.endswith(("省", "自治区")):
            rest = rest.replace(name, " ")
    hits = sorted({number for at in range(len(rest)) for number in _named_at(rest, at)})
    within = [number for number in hits if not wide or provinces[number] in wide] or hits
    own = [number for number in within if _city_in(cities[number], rest)]
    if own or within:
        return tuple(own or within)
    return tuple(number for number, province in enumerate(provinces) if province in wide)


def _named_at(text: str, at: int) -> Iterator[int]:
    """The regions one of whose places stands in ``text`` at ``at``."""
    begins = at == 0 or text[at - 1] in _before()
    shelf = _known()["shelves"][ord(text[at]) % _SHELVES]
    beginning = "\n" + text[at : at + 2]
    line = shelf.find(beginning)
    while line >= 0:
        end = shelf.find("\n", line + 1)
        place, _, number = shelf[line + 1 : end].partition(" ")
        if (
            text.startswith(place, at)
            and (begins or _stands_within(place, int(number)))
            and not _goes_on(place, text[at + len(place) : at + len(place) + 1])
        ):
            yield int(number)
        line = shelf.find(beginning, end)


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
    (岳阳信息职业学院), nor may one of two characters (华县 in 丰华县)."""
    ended = place.endswith(territory_ends()) and len(place) > 2
    return ended or place + "市" == _known()["cities"][number]


def _goes_on(place: str, after: str) -> bool:
    """Whether a place goes on to another of a like name, which is not known: 云溪 is a 区, 云溪市 is elsewhere."""
    return after in territory_ends() and not place.endswith(territory_ends()) and not is_place(place + after)


_OPENS = " "


def _city_in(city: str, text: str) -> bool:
    return city in text or (len(city) > 2 and city.endswith("市") and city[:-1] in text)


@lru_cache(maxsize=1024)
def _holders(code: str, kind: str) -> tuple[int, ...]:
    """The regions of an area code (kind ``area``) or of a postcode, by its longest prefix that is known."""
    known = _known()[kind]
    if kind == "area":
        return tuple(known.get(code, ()))
    return next((tuple(known[code[:end]]) for end in range(len(code), 1, -1) if code[:end] in known), ())


def region_names(code: str, kind: str) -> tuple[str, ...]:
    """The cities that ``code`` belongs to; ``kind`` is ``area`` or ``postcode``."""
    cities = _known()["cities"]
    return tuple(dict.fromkeys(cities[number] for number in _holders(code, kind)))


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
    if not set(own).isdisjoint(holders):
        return True
    known = _known()["postcode"] if kind == "postcode" else {}
    return any(not set(own).isdisjoint(known.get(code[:end], ())) for end in range(1, len(code) + 1))
