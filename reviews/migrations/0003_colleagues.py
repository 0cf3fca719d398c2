"""Whoever imported a draft, talked it over or handed it on does not judge it; who judges does not amend."""

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
NOW = "ARRAY['made', 'edited', 'imported', 'set checkpoints of', 'commented on', 'handed over']"
# Who sits at a checkpoint neither amends nor ends its claim until it is settled.
AMENDMENT_FUNCTION = """
CREATE FUNCTION reviews_amendment_without_conflict() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM reviews_assignment a JOIN claims_checkpoint c ON c.id = a.checkpoint_id
        WHERE c.claim_id = NEW.claim_id AND a.reviewer_id = NEW.by_id
            AND NOT EXISTS (SELECT 1 FROM reviews_verdict v WHERE v.checkpoint_id = c.id)
    ) THEN
        RAISE EXCEPTION 'Nobody who judges a claim amends or ends it.'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0005_chains_and_duplicates"), ("reviews", "0002_immutable")]

    operations = [
        migrations.RunSQL(
            CONFLICT_FUNCTION.replace("{verbs}", NOW), CONFLICT_FUNCTION.replace("{verbs}", BEFORE)
        ),
        migrations.RunSQL(AMENDMENT_FUNCTION, "DROP FUNCTION reviews_amendment_without_conflict()"),
        migrations.RunSQL(
            "CREATE TRIGGER reviews_amendment_conflict BEFORE INSERT ON claims_amendment "
            "FOR EACH ROW EXECUTE FUNCTION reviews_amendment_without_conflict()",
            "DROP TRIGGER reviews_amendment_conflict ON claims_amendment",
        ),
    ]
