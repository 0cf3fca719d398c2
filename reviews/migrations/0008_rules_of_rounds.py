"""Who judges a claim again touches it as little as in the first round; why it is judged again stays as it was."""

import importlib

from django.db import migrations

from accounts.immutability import append_only

_IMMUTABLE = importlib.import_module("reviews.migrations.0002_immutable")
_COLLEAGUES = importlib.import_module("reviews.migrations.0003_colleagues")
_WORDS = importlib.import_module("reviews.migrations.0004_words_of_claims")
FUNCTIONS = (
    _IMMUTABLE.EVIDENCE_FUNCTION,
    _COLLEAGUES.AMENDMENT_FUNCTION,
    _WORDS.WORDS_FUNCTION,
)
ONCE = "NOT EXISTS (SELECT 1 FROM reviews_verdict v WHERE v.checkpoint_id = c.id)"
# Each round makes one verdict.
EACH_ROUND = "(SELECT count(*) FROM reviews_verdict v WHERE v.checkpoint_id = c.id) < a.round"


def _by_rounds(function: str) -> migrations.RunSQL:
    before = function.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    return migrations.RunSQL(before.replace(ONCE, EACH_ROUND), before)


class Migration(migrations.Migration):
    dependencies = [("reviews", "0007_reopenings")]

    operations = [
        *(_by_rounds(function) for function in FUNCTIONS),
        *append_only("reviews_reopening", "Why a verdict is judged again is never changed."),
    ]
