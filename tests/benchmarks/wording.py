"""Statements and events in any number, no two alike."""

from datetime import date

from claims.matching import Item, Target

GOODS = ("timber", "grain", "coal", "copper", "cotton", "paper", "glass", "cement", "steel", "gas")
PLACES = ("Omsk", "Harbin", "Perm", "Dalian", "Tomsk", "Wuhan", "Kazan", "Ningbo", "Tver", "Jinan")
DEEDS = (
    "signs a contract with",
    "raises its duties on",
    "opens a rail line to",
    "halts payments from",
    "doubles its exports to",
    "recalls its envoy from",
    "holds talks in",
    "takes a loan from",
)
DAY = date(2023, 6, 1)


def statement(number: int) -> str:
    """The statement of this number."""
    place, other = PLACES[number % 10], PLACES[number // 10 % 10]
    deed, good = DEEDS[number // 100 % 8], GOODS[number // 800 % 10]
    return f"{place} {deed} {other} over {good} by quarter {number}."


def targets(count: int) -> list[Target]:
    """So many open claims."""
    return [Target(n, f"bench-{n}", statement(n)) for n in range(count)]


def items(count: int) -> list[Item]:
    """So many events, worded unlike the claims."""
    return [
        Item(n, f"Note {n}: {GOODS[n % 10]} market of {PLACES[n // 10 % 10]}", _summary(n), DAY)
        for n in range(count)
    ]


def _summary(number: int) -> str:
    return f"Officials {DEEDS[number % 8]} their neighbours, as {PLACES[number % 7]} announced."
