"""Which documents wait for the language model, or were read by it."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0006_lists"),
        ("sources", "0002_immutable"),
    ]

    operations = [
        migrations.CreateModel(
            name="ModelExtraction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "due_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "taken_until",
                    models.DateTimeField(
                        help_text="Until then it is left to the worker that asks the model.",
                        null=True,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("last_error", models.TextField(blank=True)),
                ("proposed", models.PositiveIntegerField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sources.document",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("finished_at", None)),
                        fields=["due_at"],
                        name="model_extraction_due",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finished_at", None), ("proposed", None)),
                            models.Q(
                                ("finished_at__isnull", False),
                                ("last_error", ""),
                                ("proposed__isnull", False),
                            ),
                            models.Q(
                                ("finished_at__isnull", False),
                                ("proposed", None),
                                models.Q(("last_error", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="model_extraction_ends_in_one_way",
                    )
                ],
            },
        ),
    ]
