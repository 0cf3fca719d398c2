"""Claims that say nearly the same: candidates by shared rare words, ordered by how alike they read."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from django.contrib.postgres.search import SearchQuery
from django.db.models import F, QuerySet, Value

from claims.matching.words import weighted_stems
from claims.models import Claim
from sources.vectors import embed

# Cosine of the static vectors of two statements. Two ways to put one claim lie above it (docs/methods).
ALIKE = 0.62
# The rarest words of a statement; a claim that shares a few of them is looked at more closely.
WORDS = 6
SHARED = 3
CANDIDATES = 60
SHOWN = 3
# Claims that are looked up in one statement.
BATCH = 50
KNOWN = (*Claim.LEDGER_STATUSES, Claim.Status.DRAFT)


@dataclass(frozen=True, slots=True)
class Alike:
    """A claim of the ledger, or a draft, and how alike it reads: a cosine, at most 1."""

    claim: Claim
    likeness: float


def nearly_the_same(claims: Sequence[Claim], *, hidden: QuerySet[Claim]) -> dict[int, list[Alike]]:
    """For each claim, by key, the registered claims and drafts that read alike, closest first.

    Those of `hidden` are left out. One statement for fifty claims, however large the ledger.
    """
    pairs = [
        pair
        for start in range(0, len(claims), BATCH)
        for pair in _candidates(claims[start:][:BATCH])
    ]
    if not pairs:
        return {}
    found = Claim.objects.filter(pk__in={other for _, other in pairs}).exclude(pk__in=hidden)
    others = found.select_related("claimant").in_bulk()
    wording = {one.pk: one.statement for one in claims} | {
        pk: other.statement for pk, other in others.items()
    }
    vectors = dict(zip(wording, embed(list(wording.values())), strict=True))
    alike: dict[int, list[Alike]] = {}
    for pk, other in pairs:
        likeness = float(np.dot(vectors[pk], vectors[other])) if other in others else 0.0
        if likeness >= ALIKE:
            alike.setdefault(pk, []).append(Alike(others[other], likeness))
    return {pk: sorted(rows, key=_closest_first)[:SHOWN] for pk, rows in alike.items()}


def _closest_first(one: Alike) -> tuple[float, int]:
    return -one.likeness, one.claim.pk


def _candidates(claims: Sequence[Claim]) -> list[tuple[int, int]]:
    """(claim, other) for each other claim that shares rare words with one of these."""
    arms: list[QuerySet[Any]] = [
        Claim.objects.filter(search=query, status__in=KNOWN)
        .exclude(pk=claim.pk)
        .order_by()
        .annotate(of=Value(claim.pk))
        .values_list("of", F("pk"))[:CANDIDATES]
        for claim in claims
        if (query := _query(claim.statement))
    ]
    if len(arms) > 1:
        return list(arms[0].union(*arms[1:], all=True).order_by())
    return [pair for arm in arms for pair in arm]


def _query(statement: str) -> SearchQuery | None:
    """Claims that share so many of the rarest words; None for a statement without any."""
    weights = weighted_stems(statement)
    rarest = sorted(weights, key=lambda one: (-weights[one], one))[:WORDS]
    if not rarest:
        return None
    groups = combinations(rarest, min(SHARED, len(rarest)))
    # Stems are letters and figures alone, so nothing in them is an operator.
    alternatives = (" & ".join(f"'{stem}'" for stem in group) for group in groups)
    query = " | ".join(f"({one})" for one in alternatives)
    return SearchQuery(query, config="english", search_type="raw")
