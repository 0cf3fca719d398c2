"""A registered claim is locked, with its checkpoints; what it rests on is append-only."""

from django.db import migrations

from accounts.immutability import append_only, locked

LOCKED_COLUMNS = [
    "quote_id",
    "statement",
    "speaker",
    "claimant_id",
    "said_on",
    "kind",
    "hedge",
    "lexicon_id",
    "probability_source",
    "probability_low",
    "probability_high",
    "base_rate_id",
    "horizon",
    "opens_on",
    "due_earliest",
    "due_on",
    "due_latest",
    "condition",
    "held_if",
    "failed_if",
    "metric",
    "threshold",
    "judged",
    "registered_at",
    "registered_by_id",
    "content_hash",
]

CHECKPOINT_FUNCTION = """
CREATE FUNCTION claims_checkpoint_locked_with_claim() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    -- Waits for a registration under way, and sees what it made of the claim.
    registered timestamptz[] := ARRAY(
        SELECT registered_at FROM claims_claim WHERE id IN (
            CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE OLD.claim_id END,
            CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE NEW.claim_id END
        ) FOR SHARE
    );
BEGIN
    IF array_remove(registered, NULL) <> '{}' THEN
        RAISE EXCEPTION 'The checkpoints of a registered claim are locked.'
            USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("sources", "0002_immutable"), ("claims", "0001_initial")]

    operations = [
        *locked(
            "claims_claim",
            when="OLD.registered_at IS NOT NULL",
            columns=LOCKED_COLUMNS,
            message="A registered claim is locked; an amendment may stand beside it.",
        ),
        migrations.RunSQL(
            "CREATE TRIGGER claims_claim_ended BEFORE UPDATE ON claims_claim FOR EACH ROW WHEN ("
            "OLD.ended_at IS NOT NULL AND (OLD.ended_at, OLD.status) IS DISTINCT FROM "
            "(NEW.ended_at, NEW.status)) EXECUTE FUNCTION plumbline_refuse("
            "'A claim that has ended stays ended.')",
            "DROP TRIGGER claims_claim_ended ON claims_claim",
        ),
        *append_only("claims_evidencedecision", "A decision on evidence is never changed."),
        *append_only("claims_amendment", "An amendment is never changed."),
        *append_only("claims_imputation", "An imputation is never changed."),
        *append_only("claims_lexiconentry", "A lexicon never changes; make a new version of it."),
        *append_only("claims_baserate", "A base rate is never changed; add another."),
        migrations.RunSQL(
            CHECKPOINT_FUNCTION, "DROP FUNCTION claims_checkpoint_locked_with_claim()"
        ),
        migrations.RunSQL(
            "CREATE TRIGGER claims_checkpoint_locked BEFORE INSERT OR UPDATE OR DELETE "
            "ON claims_checkpoint FOR EACH ROW "
            "EXECUTE FUNCTION claims_checkpoint_locked_with_claim()",
            "DROP TRIGGER claims_checkpoint_locked ON claims_checkpoint",
        ),
    ]
