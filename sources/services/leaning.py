"""What points at a row is asked of every model there is, so that a room above is protected without
being known here."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Model, QuerySet

# Rows of upper rooms that do not hold what they point at, and go with it.
type Loose = Sequence[QuerySet[Any]]


def pointing_at(
    model: type[Model], *, but: set[type[Model]]
) -> Iterator[tuple[QuerySet[Any], str]]:
    """The rows of every model but these that hold rows of a model, with the name of their key to it."""
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and relation.is_relation:
            other = relation.related_model
            if isinstance(other, type) and other not in but:
                yield QuerySet(other).order_by(), relation.field.name  # type: ignore[union-attr]
