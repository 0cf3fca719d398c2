"""The weights of the matcher, fitted again: `python -m tests.benchmarks relevance`.

Fitted to news that people graded for claims, and with a tenth of the weight to fact-checks with the posts
that they were written about (train); then what they find there and in sets that they did not see.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from claims.matching import Index, Target
from claims.matching.evaluation import Judged, evaluate, graded_lists, read_qrels, read_texts
from claims.matching.features import AS_SHIPPED, WEIGHTS, Weights
from claims.matching.fitting import Graded, fitted
from tests.benchmarks.news import NONE
from tests.benchmarks.table import heading, line
from tests.claims.matching import days

CHECKS = 0.1
FOLDER = days.SHARED / "data" / "claim_retrieval"
PARTS = 5
# What came out of the fit may be off by this: numpy adds up in another order elsewhere, and how many of the
# fact-checks are in the lists depends on how closely an index looks.
ROUNDED = 0.1


def run() -> bool | None:
    """Prints the weights and what they find. False where the weights in use are others."""
    heading("Relevance of events: weights fitted to graded news and to fact-checks")
    if not FOLDER.exists():
        line(NONE)
        return None
    own = news_lists("own")
    texts = claims()
    index = Index.build(
        [Target(number, one, text) for number, (one, text) in enumerate(texts.items())]
    )
    checks = graded_lists(index, list(texts), judged(texts, "train"))
    weights = fit(list(own.values()), checks)
    line("", "fitted", "in use")
    for name in WEIGHTS:
        line(name, f"{weights[name]:.2f}", f"{AS_SHIPPED[name]:.2f}")
    line("bias", f"{weights.bias:.2f}", f"{AS_SHIPPED.bias:.2f}")
    tell_news(own, checks)
    tell_checks(texts)
    fresh = [weights.bias, *(weights[name] for name in WEIGHTS)]
    in_use = [AS_SHIPPED.bias, *(AS_SHIPPED[name] for name in WEIGHTS)]
    return bool(np.allclose(fresh, in_use, atol=ROUNDED))


def fit(news: Sequence[Graded], checks: Sequence[Graded]) -> Weights:
    """The weights; odds are those that a pair of a claim and an item of news bears."""
    share = CHECKS / (1 - CHECKS) * len(news) / len(checks)
    return fitted(
        [*news, *(Graded(one.measures, one.gains, share) for one in checks)], odds_of=news
    )


def news_lists(name: str, setting: str | None = None) -> dict[int, Graded]:
    """For each claim of a graded set on which something bears all items, with gains from grade 2 on; with
    another setting than the set has, if one is given."""
    found = days.graded(name)
    if setting is not None:
        found = replace(found, setting=setting)
    index = Index.build(found.targets)
    measures: dict[int, list[np.ndarray]] = {number: [] for number in found.claims}
    for ids, measured in index.measured(list(found.items.values()), every=True):
        for number, row in zip(ids.tolist(), measured, strict=True):
            measures[number].append(row)
    lists = {}
    for number, grades in found.grades.items():
        every = np.array([grades.get(one, 0) for one in found.items])
        if (every >= days.BEARS).any():
            gains = np.where(every >= days.BEARS, 2.0**every - 1, 0)
            lists[number] = Graded(np.array(measures[number]), gains)
    return lists


def claims() -> dict[str, str]:
    """The fact-checks."""
    with (FOLDER / "claims.tsv").open("rb") as lines:
        return read_texts(lines, [])


def judged(texts: dict[str, str], part: str) -> Judged:
    """The posts of a part, and the fact-checks that were written about them."""
    with (FOLDER / f"{part}.queries.tsv").open("rb") as lines:
        posts = read_texts(lines, [])
    with (FOLDER / f"{part}.qrels").open("rb") as lines:
        return Judged(posts, read_qrels(lines, items=posts, claims=texts, problems=[]))


def tell_news(own: dict[int, Graded], checks: Sequence[Graded]) -> None:
    """Prints how well items are ranked for claims, by what was fitted with and without these claims."""
    heading("Items ranked for each claim, nDCG at 10")
    line("", "words alone", "meaning alone", "weights in use", "fitted to others")
    others = {}
    numbers = list(own)
    for part in range(PARTS):
        left_out = numbers[part::PARTS]
        weights = fit([own[one] for one in numbers if one not in left_out], checks)
        others |= dict.fromkeys(left_out, weights)
    tell_set("own", own, [others[one] for one in own])
    seeds = [name for name in days.SETS if name != "own"]
    for name in seeds:
        tell_set(name, news_lists(name), None)
    heading(
        "The seed's statements on whole days, read with the beginning of their article and without"
    )
    line("", "nDCG at 10", "of ten bear", "nDCG without", "of ten without")
    for name in seeds:
        tell_settings(name, None)
    tell_settings("own", " ".join(list(days.graded("own").claims.values())[-4:]))


def tell_set(name: str, lists: dict[int, Graded], others: Sequence[Weights] | None) -> None:
    """Prints one set."""
    told, meaning = (list(WEIGHTS).index(one) for one in ("told", "meaning"))
    ways = [
        [ndcg(one, one.measures[:, told]) for one in lists.values()],
        [ndcg(one, one.measures[:, meaning]) for one in lists.values()],
        [ndcg(one, AS_SHIPPED.odds(one.measures)) for one in lists.values()],
    ]
    if others:
        pairs = zip(lists.values(), others, strict=True)
        ways.append([ndcg(one, weights.odds(one.measures)) for one, weights in pairs])
    line(f"{name}, {len(lists)} claims", *(f"{np.mean(way):.3f}" for way in ways))


def tell_settings(name: str, setting: str | None) -> None:
    """Prints the mean nDCG, and how many of the ten best items of a claim bear on it, by the weights in use:
    read with the beginning of the article, or this instead, and without."""
    figures = []
    for lists in (news_lists(name, setting), news_lists(name, "")):
        scored = [(one, AS_SHIPPED.odds(one.measures)) for one in lists.values()]
        best = [np.argsort(-scores, kind="stable")[:10] for _, scores in scored]
        bear = [(one.gains[ten] > 0).sum() for (one, _), ten in zip(scored, best, strict=True)]
        figures += [f"{np.mean([ndcg(*one) for one in scored]):.3f}", f"{np.mean(bear):.1f}"]
    line(f"{name}, {len(lists)} claims", *figures)


def ndcg(one: Graded, scores: np.ndarray) -> float:
    """Normalised discounted cumulative gain of the ten best; the ideal knows what bears alone."""
    order = np.argsort(-scores, kind="stable")[:10]
    discounts = 1 / np.log2(np.arange(10) + 2)
    best = np.sort(one.gains)[::-1][:10]
    return float(one.gains[order] @ discounts / (best @ discounts[: len(best)]))


def tell_checks(texts: dict[str, str]) -> None:
    """Prints how well fact-checks are found for posts."""
    heading("Fact-checks found for posts")
    line("", "MAP at 5", "first is right", "recall at 20", "posts/s")
    for part in ("train", "dev"):
        found = evaluate(texts, judged(texts, part))
        rates = (found.map_at_5, found.p_at_1, found.recall_at_20)
        line(part, *(f"{rate:.4f}" for rate in rates), f"{found.items_per_second:,}")
