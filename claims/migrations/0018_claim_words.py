"""Words that analysts add to a claim to steer what is suggested for it."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0017_learning"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ClaimWords",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "must",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100), blank=True, default=list
                    ),
                ),
                (
                    "should",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100), blank=True, default=list
                    ),
                ),
                (
                    "never",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100), blank=True, default=list
                    ),
                ),
                (
                    "aliases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=300), blank=True, default=list
                    ),
                ),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=3), blank=True, default=list
                    ),
                ),
                (
                    "changes",
                    models.PositiveIntegerField(default=1, help_text="How often they were set."),
                ),
                (
                    "changed_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "claim",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="words",
                        to="claims.claim",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "claim words",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("must__len__lte", 20),
                            models.Q(("must__contains", [""]), _negated=True),
                        ),
                        name="claim_words_must_few_and_none_empty",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("should__len__lte", 20),
                            models.Q(("should__contains", [""]), _negated=True),
                        ),
                        name="claim_words_should_few_and_none_empty",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("never__len__lte", 20),
                            models.Q(("never__contains", [""]), _negated=True),
                        ),
                        name="claim_words_never_few_and_none_empty",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("aliases__len__lte", 20),
                            models.Q(("aliases__contains", [""]), _negated=True),
                        ),
                        name="claim_words_aliases_few_and_none_empty",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("languages__len__lte", 20),
                            models.Q(("languages__contains", [""]), _negated=True),
                        ),
                        name="claim_words_languages_few_and_none_empty",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("never__overlap", models.F("must")), _negated=True),
                        name="claim_words_never_not_must",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("never__overlap", models.F("should")), _negated=True),
                        name="claim_words_never_not_should",
                    ),
                ],
            },
        ),
    ]
