"""Why a suggestion was rejected, and whose decision was the last."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0014_notices"),
        ("sources", "0014_plain_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="evidence",
            name="reject_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("not_about", "not about this claim"),
                    ("too_weak", "too weak to matter"),
                    ("duplicate", "duplicate of what is linked"),
                    ("outside_window", "outside the window"),
                    ("other", "other"),
                ],
                help_text="The ranking learns from it.",
                max_length=16,
            ),
        ),
        migrations.AddIndex(
            model_name="evidence",
            index=models.Index(
                condition=models.Q(("status", "suggested"), _negated=True),
                fields=["decided_by", "-decided_at"],
                name="evidence_decided_last",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reject_reason", ""),
                    models.Q(
                        (
                            "reject_reason__in",
                            ["not_about", "too_weak", "duplicate", "outside_window"],
                        ),
                        ("status", "rejected"),
                    ),
                    models.Q(
                        ("reject_reason", "other"),
                        ("status", "rejected"),
                        models.Q(("note", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="evidence_reject_reason_known",
            ),
        ),
    ]
