"""Grades that another program wrote down (`unit,rater,grade`), as numbers for the arithmetic of agreement."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np

from reviews.agreement.raters import Gradings
from reviews.outcomes import DISPOSITIONS, GRADE_VALUES
from reviews.tables import NOTHING, NoTable, Sieve, number, plain, read_table

COLUMNS = ("unit", "rater", "grade")
NAMED = {grade.replace("_", " "): float(value) for grade, value in GRADE_VALUES.items()}
VOID = frozenset(one.replace("_", " ") for one in DISPOSITIONS)
NO_GRADE, DISPOSITION = "no grade", "a disposition, which is no grade"
NO_NUMBER, NOT_OF_SCALE = "a word where most grades are numbers", "not of the scale"
AGAIN, ANOTHER = "the same grade again by the same rater", "another grade by the same rater"


@dataclass(frozen=True)
class Scale:
    """Names in order, their numbers (None for words in no order), and the place of each word, or why none."""

    names: tuple[str, ...]
    values: np.ndarray | None
    places: dict[str, int | str]

    def only(self, used: np.ndarray) -> "Scale":
        """The same with these grades alone; places are gone. Two grades are in order either way."""
        names = tuple(self.names[at] for at in used)
        values = None if self.values is None else self.values[used]
        if values is None and len(names) <= 2:
            values = np.arange(len(names), dtype=float)
        return Scale(names, values, {})


@dataclass(frozen=True)
class Read:
    """The grades that count, their scale, and how many rows do not count, by reason."""

    given: Gradings
    scale: Scale
    skipped: dict[str, int]


def read_gradings(stream: BinaryIO, *, scale: Sequence[str] = ()) -> Read:
    """Grades of a table; `scale` names all grades from the lowest up, whether they were given or not.

    Without it the scale is what was given: numbers, or the words held … failed with their numbers, or
    else words in no order. Raises NoTable for a file without the columns.
    """
    table = read_table(stream, needed=COLUMNS)
    unit, rater, grade = (table.columns[name] for name in COLUMNS)
    times = np.bincount(grade.rows, minlength=len(grade.words))
    found = given_scale(grade.words, scale) if scale else scale_of(grade.words, times)
    sieve = Sieve(table.rows, table.skipped)
    sieve.skip("no unit", unit.such(lambda word: not word))
    sieve.skip("no rater", rater.such(lambda word: not word))
    reasons = [one if isinstance(one, str) else "" for one in map(found.places.get, grade.words)]
    for reason in sorted({*reasons} - {""}):
        sieve.skip(reason, np.array([one == reason for one in reasons])[grade.rows])
    places = np.array(
        [one if isinstance(one, int) else -1 for one in map(found.places.get, grade.words)], int
    )
    kept = sieve.kept
    units, raters, grades = _once(
        unit.rows[kept], rater.rows[kept], places[grade.rows[kept]], table.skipped
    )
    if not scale:
        used, grades = np.unique(grades, return_inverse=True)
        found = found.only(used)
    given = Gradings(units, raters, grades, scale=len(found.names))
    return Read(given, found, dict(table.skipped))


def scale_of(words: Sequence[str], times: Sequence[int] | np.ndarray) -> Scale:
    """The scale of words that were written so often: of numbers, where most rows hold one."""
    places: dict[str, int | str] = {}
    numbers: dict[str, float] = {}
    others: dict[str, str] = {}
    figures = [value for value in map(number, words) if value is not None]
    # Beside numbers from 0 to 1 "held" is 1; beside other numbers nobody knows what it is.
    named = NAMED if all(0 <= value <= 1 for value in figures) else {}
    for word in words:
        name, value = plain(word), number(word)
        if name in NOTHING:
            places[word] = NO_GRADE
        elif name in VOID:
            places[word] = DISPOSITION
        elif value is not None or name in named:
            numbers[word] = named[name] if value is None else value
        else:
            others[word] = name
    often = dict(zip(words, times, strict=True))
    if sum(often[word] for word in numbers) >= sum(often[word] for word in others):
        return _of_numbers(numbers, places | dict.fromkeys(others, NO_NUMBER))
    names = sorted({*others.values(), *map(plain, numbers)})
    order = {name: at for at, name in enumerate(names)}
    places |= {word: order[plain(word)] for word in (*others, *numbers)}
    return Scale(tuple(names), None, places)


def given_scale(words: Sequence[str], names: Sequence[str]) -> Scale:
    """The scale that somebody named from the lowest grade up; numbers and our grades keep their values.

    Raises NoTable where it names fewer than two, or one twice.
    """
    order = [_name_of(one) for one in names]
    if len(order) < 2 or len(set(order)) < len(order):
        raise NoTable("a scale needs two grades or more, each named once")
    figures = [NAMED.get(one, number(one)) for one in order]
    values = [float(at) if None in figures else one for at, one in enumerate(figures)]
    places: dict[str, int | str] = {}
    for word in words:
        name = _name_of(word)
        missing = NO_GRADE if plain(word) in NOTHING else NOT_OF_SCALE
        places[word] = order.index(name) if name in order else missing
    return Scale(tuple(names), np.array(values, float), places)


def _of_numbers(numbers: dict[str, float], places: dict[str, int | str]) -> Scale:
    values = sorted(set(numbers.values()))
    order = {value: at for at, value in enumerate(values)}
    spelt = {order[value]: plain(word) for word, value in numbers.items()}
    worded = bool(numbers) and all(name in NAMED for name in map(plain, numbers))
    names = [spelt[at] if worded else _figure(value) for at, value in enumerate(values)]
    placed: dict[str, int | str] = {word: order[value] for word, value in numbers.items()}
    return Scale(tuple(names), np.array(values), places | placed)


def _once(
    units: np.ndarray, raters: np.ndarray, places: np.ndarray, skipped: Counter[str]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Units and raters numbered from 0, and the grades: the first of each rater for a unit counts."""
    units, raters = (np.unique(one, return_inverse=True)[1] for one in (units, raters))
    key = units * (raters.max(initial=0) + 1) + raters
    _, first, place = np.unique(key, return_index=True, return_inverse=True)
    later = np.ones(len(key), bool)
    later[first] = False
    same = places == places[first][place]
    for reason, unfit in ((AGAIN, later & same), (ANOTHER, later & ~same)):
        if unfit.any():
            skipped[reason] += int(unfit.sum())
    return units[first], raters[first], places[first]


def _name_of(word: str) -> str:
    """One spelling of a grade: of a number its value."""
    value = number(word)
    return plain(word) if value is None else _figure(value)


def _figure(value: float) -> str:
    return str(int(value)) if value.is_integer() else repr(value)
