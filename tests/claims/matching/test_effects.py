"""What words of analysts do to an event before anything is ranked."""

from datetime import date

import pytest

from claims.matching import Effect, Item, Target, effects_of

PORTS = Item(
    1, "Trade between the two ports grows", "Ships of the United States came.", date.min, "en"
)
PASSES, RAISED, BARRED = Effect.PASSES, Effect.RAISED, Effect.BARRED


@pytest.mark.parametrize(
    ("words", "effect"),
    [
        ({}, PASSES),
        ({"must": ("port",)}, PASSES),
        ({"must": ("ports", "wheat")}, BARRED),
        ({"never": ("two ports",)}, BARRED),
        ({"never": ("ports two",)}, PASSES),
        ({"should": ("ships",)}, RAISED),
        ({"should": ("wheat",)}, PASSES),
        ({"should": ("ships",), "never": ("trade",)}, BARRED),
        ({"aliases": (("USA", "United States"),)}, RAISED),
        ({"must": ("USA",), "aliases": (("USA", "United States"),)}, RAISED),
        ({"languages": frozenset({"pl"})}, BARRED),
        ({"languages": frozenset({"pl", "en"})}, PASSES),
        # One after the other over the end of the title, which the index does not part either.
        ({"never": ("grows ships",)}, BARRED),
    ],
)
def test_words_raise_bar_or_do_nothing(words: dict[str, object], effect: Effect) -> None:
    assert effects_of(Target(1, "key", "Trade grows.", **words), [PORTS]) == [effect]


@pytest.mark.parametrize(("language", "effect"), [("", PASSES), ("EN-gb", PASSES), ("de", BARRED)])
def test_event_that_does_not_say_its_language_is_in_each(language: str, effect: Effect) -> None:
    target = Target(1, "key", "Trade grows.", languages=frozenset({"en"}))

    assert effects_of(target, [Item(1, "Trade", "", date.min, language)]) == [effect]


def test_each_event_is_told_of_in_their_order_and_windows_do_not_count() -> None:
    target = Target(1, "key", "Trade grows.", opens_on=date.max, must=("ports",))

    assert effects_of(target, [PORTS, Item(2, "Rain", "", date.min)]) == [PASSES, BARRED]
