"""What the ranking learned from decisions, what scores are made of, and what a week cuts off."""

import django.contrib.postgres.fields
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from accounts.immutability import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0016_likelihood_ratios"),
        ("sources", "0011_capture"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Training",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "until",
                    models.DateTimeField(
                        help_text="When the last decision was made it knows of.", unique=True
                    ),
                ),
                (
                    "decisions",
                    models.PositiveIntegerField(help_text="To which the weights were fitted."),
                ),
                (
                    "held_back",
                    models.PositiveIntegerField(
                        help_text="The newest, on which they were compared."
                    ),
                ),
                ("loss_in_use", models.FloatField()),
                ("loss_learned", models.FloatField()),
                ("concordance_in_use", models.FloatField()),
                ("concordance_learned", models.FloatField()),
                (
                    "weights",
                    models.JSONField(help_text="By measure, and the bias under an empty name."),
                ),
                ("adopted", models.BooleanField()),
            ],
            options={
                "ordering": ["-until"],
            },
        ),
        migrations.RemoveIndex(
            model_name="evidence",
            name="evidence_suggested",
        ),
        migrations.AddField(
            model_name="evidence",
            name="cut",
            field=models.BooleanField(
                db_default=False, help_text="More than a person can read was suggested that week."
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="measures",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.FloatField(),
                help_text="What the score was made of; none where a person linked.",
                null=True,
            ),
        ),
        migrations.AddIndex(
            model_name="evidence",
            index=models.Index(
                condition=models.Q(("status", "suggested")),
                fields=["cut", "-score", "id"],
                name="evidence_suggested",
            ),
        ),
        migrations.AddIndex(
            model_name="evidence",
            index=models.Index(fields=["claim", "suggested_at"], name="evidence_of_week"),
        ),
        migrations.AddIndex(
            model_name="evidence",
            index=models.Index(
                condition=models.Q(("decided_at__isnull", False)),
                fields=["-decided_at"],
                name="evidence_decided",
            ),
        ),
        migrations.AddConstraint(
            model_name="training",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("adopted", False),
                    models.Q(
                        ("loss_learned__lt", models.F("loss_in_use")),
                        ("concordance_learned__gte", models.F("concordance_in_use")),
                    ),
                    _connector="OR",
                ),
                name="training_adopted_when_better",
            ),
        ),
        *append_only("claims_training", "What was learned is not rewritten."),
    ]
