"""Who judges a claim does not set the words that steer its evidence, nor the other way round."""

import importlib

from django.db import migrations

_COLLEAGUES = importlib.import_module("reviews.migrations.0003_colleagues")
BEFORE = _COLLEAGUES.NOW
NOW = BEFORE.replace("]", ", 'set words of']")
WORDS_FUNCTION = """
CREATE FUNCTION reviews_words_without_conflict() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM reviews_assignment a JOIN claims_checkpoint c ON c.id = a.checkpoint_id
        WHERE c.claim_id = NEW.claim_id AND a.reviewer_id = NEW.changed_by_id
            AND NOT EXISTS (SELECT 1 FROM reviews_verdict v WHERE v.checkpoint_id = c.id)
    ) THEN
        RAISE EXCEPTION 'Nobody who judges a claim sets the words that steer its evidence.'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0018_claim_words"), ("reviews", "0003_colleagues")]

    operations = [
        migrations.RunSQL(
            _COLLEAGUES.CONFLICT_FUNCTION.replace("{verbs}", NOW),
            _COLLEAGUES.CONFLICT_FUNCTION.replace("{verbs}", BEFORE),
        ),
        migrations.RunSQL(WORDS_FUNCTION, "DROP FUNCTION reviews_words_without_conflict()"),
        migrations.RunSQL(
            "CREATE TRIGGER reviews_words_conflict BEFORE INSERT OR UPDATE ON claims_claimwords "
            "FOR EACH ROW EXECUTE FUNCTION reviews_words_without_conflict()",
            "DROP TRIGGER reviews_words_conflict ON claims_claimwords",
        ),
    ]
