"""What was said in an appeal and decided on it stays; who decides touches the claim as little as a reviewer."""

import importlib

from django.db import migrations

from accounts.immutability import append_only

_ROUNDS = importlib.import_module("reviews.migrations.0008_rules_of_rounds")
# The verdict that is appealed stands while the appeal is decided.
HELD = f"({_ROUNDS.EACH_ROUND} OR a.state = 'leased')"


def _while_held(function: str) -> migrations.RunSQL:
    replaced = function.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    return migrations.RunSQL(
        replaced.replace(_ROUNDS.ONCE, HELD), replaced.replace(_ROUNDS.ONCE, _ROUNDS.EACH_ROUND)
    )


class Migration(migrations.Migration):
    dependencies = [("reviews", "0009_appeals")]

    operations = [
        *(_while_held(function) for function in _ROUNDS.FUNCTIONS),
        *append_only("reviews_appeal", "What was said in an appeal is never changed."),
        *append_only("reviews_appealdecision", "What was decided on an appeal is never changed."),
    ]
