"""How much likelier an event is if a claim holds than if it fails, given for one acceptance."""

from decimal import Decimal

from django.db import migrations, models
from django.db.models import Q

# Undone or decided anew, the link has another stance, or none: what was given for the old one ends.
ENDS_WITH_ITS_ACCEPTANCE = """
CREATE FUNCTION claims_evidence_drop_ratio() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.likelihood_ratio := NULL;
    RETURN NEW;
END $$;
CREATE TRIGGER claims_evidence_ratio_ends BEFORE UPDATE ON claims_evidence FOR EACH ROW
WHEN (OLD.likelihood_ratio IS NOT NULL
      AND (NEW.status, NEW.stance, NEW.decided_at)
          IS DISTINCT FROM (OLD.status, OLD.stance, OLD.decided_at))
EXECUTE FUNCTION claims_evidence_drop_ratio()
"""
BACK = """
DROP TRIGGER claims_evidence_ratio_ends ON claims_evidence;
DROP FUNCTION claims_evidence_drop_ratio()
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0015_reject_reasons")]

    operations = [
        migrations.AddField(
            model_name="evidence",
            name="likelihood_ratio",
            field=models.DecimalField(
                blank=True,
                decimal_places=3,
                help_text="How much likelier the event is if the claim holds than if it fails; it ends with the acceptance that it was given for.",
                max_digits=5,
                null=True,
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                name="evidence_likelihood_ratio_of_its_stance",
                condition=Q(likelihood_ratio__isnull=True)
                | Q(stance__isnull=False)
                & (
                    Q(stance__gt=0, likelihood_ratio__range=(1, 10))
                    | Q(stance=0, likelihood_ratio=1)
                    | Q(stance__lt=0, likelihood_ratio__range=(Decimal("0.1"), 1))
                ),
            ),
        ),
        migrations.RunSQL(ENDS_WITH_ITS_ACCEPTANCE, BACK),
    ]
