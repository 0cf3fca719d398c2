"""Conventions that hold over all rooms."""

import pytest
from django.apps import apps
from django.db import models

ROOMS = ("accounts", "sources", "claims", "reviews", "reports", "config")
ORDER = {room: place for place, room in enumerate(ROOMS)}
OUR_MODELS = [model for model in apps.get_models() if model._meta.app_label in ROOMS]


def relations() -> list[tuple[type[models.Model], models.Field]]:
    """Every key of ours to another of our models."""
    return [
        (model, field)
        for model in OUR_MODELS
        for field in (*model._meta.fields, *model._meta.many_to_many)
        if field.remote_field and field.related_model in OUR_MODELS
    ]


def test_keys_point_down_never_up() -> None:
    upward = [
        f"{model.__name__}.{field.name}"
        for model, field in relations()
        if ORDER[field.related_model._meta.app_label] > ORDER[model._meta.app_label]
    ]

    assert upward == []


def test_no_room_reaches_up_through_a_key() -> None:
    """A key that crosses into a lower room leaves no name there; claims may use what sources gave."""
    named = {
        f"{model.__name__}.{field.name}"
        for model, field in relations()
        if field.related_model._meta.app_label != model._meta.app_label
        and not field.remote_field.hidden
    }

    assert named == set()


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model.__name__)
def test_every_model_says_what_it_is_and_shows_itself(model: type[models.Model]) -> None:
    assert model.__doc__
    assert not model.__doc__.startswith(f"{model.__name__}(")
    assert "__str__" in vars(model)


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model.__name__)
def test_judged_data_is_never_removed_by_cascade(model: type[models.Model]) -> None:
    cascading = [
        field.name
        for field in model._meta.fields
        if field.remote_field and field.remote_field.on_delete is models.CASCADE
    ]

    assert cascading == {"Checkpoint": ["claim"], "ClaimantAlias": ["claimant"]}.get(
        model.__name__, []
    )
