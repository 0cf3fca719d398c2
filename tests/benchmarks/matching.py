"""What a threshold of the matcher costs and finds: `python -m tests.benchmarks.matching`.

Claims are the registered ones of the demonstration, without their windows, so that a day of any
date can be compared with all of them.
"""

from claims.matching import Index, Item, Suggestion, Target
from claims.matching.index import THRESHOLD
from claims.matching.types import LONGEST_SETTING
from config.demo.commentaries import COMMENTARIES, Plan
from config.demo.facts import FACTS
from tests.benchmarks.news import DAYS, NONE, day_of_news
from tests.benchmarks.table import heading, line

THRESHOLDS = (0.05, 0.10, 0.15, 0.20, 0.30, 0.40)


def run() -> None:
    """Prints suggestions per claim and day, and the share of the demonstration's links, by threshold."""
    told = [(plan, one.text) for one in COMMENTARIES for plan in one.plans if _is_registered(plan)]
    plans = [plan for plan, _ in told]
    index = Index.build([_target(number, *one) for number, one in enumerate(told)])
    links = _links(plans)
    found = _ranked(index, [_fact(number) for number in range(len(FACTS))])
    heading(f"Thresholds ({THRESHOLD} is used), {len(plans)} claims of the demonstration")
    line("threshold", *(f"{threshold:.2f}" for threshold in THRESHOLDS))
    for day in DAYS:
        _print_day(index, day)
    line(
        f"of {len(links)} accepted links, suggested",
        *(f"{len(links & _pairs(found, t)) / len(links):.0%}" for t in THRESHOLDS),
    )
    line(
        "of what is suggested, accepted",
        *(_share(links, _pairs(found, t)) for t in THRESHOLDS),
    )


def _print_day(index: Index, day: str) -> None:
    news = day_of_news(day)
    if news is None:
        line(f"news of {day}: {NONE}")
        return
    items = [
        Item(number, one.title, one.summary, FACTS[0].on, one.language)
        for number, one in enumerate(news)
    ]
    found = _ranked(index, items)
    line(
        f"{len(items):,} items of {day}, per claim",
        *(f"{len(_pairs(found, t)) / len(index.targets):.2f}" for t in THRESHOLDS),
    )


def _is_registered(plan: Plan) -> bool:
    return bool(plan.held_if) or plan.kind == "assessment"


def _target(number: int, plan: Plan, article: str) -> Target:
    text = f"{plan.statement} {plan.metric}".strip()
    return Target(number, f"demo-{plan.key}", text, setting=article[:LONGEST_SETTING])


def _fact(number: int) -> Item:
    fact = FACTS[number]
    return Item(number, fact.title, fact.summary, fact.on)


def _links(plans: list[Plan]) -> set[tuple[int, int]]:
    """Pairs of claim and fact that the demonstration links with a stance for or against."""
    numbers = {plan.key: number for number, plan in enumerate(plans)}
    return {
        (numbers[key], number)
        for number, fact in enumerate(FACTS)
        for key, stance in fact.bears_on.items()
        if stance and key in numbers
    }


def _ranked(index: Index, items: list[Item]) -> list[Suggestion]:
    return index.rank(items, threshold=min(THRESHOLDS), top=len(index.targets))


def _pairs(found: list[Suggestion], threshold: float) -> set[tuple[int, int]]:
    return {(one.target_id, one.item_id) for one in found if one.score >= threshold}


def _share(links: set[tuple[int, int]], found: set[tuple[int, int]]) -> str:
    return f"{len(links & found) / len(found):.0%}" if found else "none"


if __name__ == "__main__":
    from tests.benchmarks.database import prepare

    prepare()
    run()
