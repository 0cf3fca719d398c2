"""Whoever talked a draft over with a colleague, or handed it on, does not judge it either."""

from django.db import migrations

CONFLICT_FUNCTION = """
CREATE OR REPLACE FUNCTION reviews_assignment_without_conflict() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    claim bigint := (SELECT claim_id FROM claims_checkpoint WHERE id = NEW.checkpoint_id);
BEGIN
    IF EXISTS (
        SELECT 1 FROM claims_claim c LEFT JOIN sources_claimant p ON p.id = c.claimant_id
        WHERE c.id = claim AND NEW.reviewer_id IN (c.registered_by_id, p.user_id)
    ) OR EXISTS (
        SELECT 1 FROM claims_imputation WHERE claim_id = claim AND coder_id = NEW.reviewer_id
    ) OR EXISTS (
        SELECT 1 FROM claims_evidencedecision d JOIN claims_evidence e ON e.id = d.evidence_id
        WHERE e.claim_id = claim AND d.by_id = NEW.reviewer_id
    ) OR EXISTS (
        SELECT 1 FROM accounts_auditentry
        WHERE object_type = 'claims.claim' AND object_id = claim AND by_id = NEW.reviewer_id
            AND verb = ANY ({verbs})
    ) THEN
        RAISE EXCEPTION 'Nobody who worded, registered or imputed a claim, or decided on its evidence, judges it.'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$
"""
BEFORE = "ARRAY['made', 'edited', 'set checkpoints of']"
NOW = "ARRAY['made', 'edited', 'set checkpoints of', 'commented on', 'handed over']"


class Migration(migrations.Migration):
    dependencies = [("claims", "0005_chains_and_duplicates"), ("reviews", "0002_immutable")]

    operations = [
        migrations.RunSQL(
            CONFLICT_FUNCTION.replace("{verbs}", NOW), CONFLICT_FUNCTION.replace("{verbs}", BEFORE)
        )
    ]
