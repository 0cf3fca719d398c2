"""Items that scripts push, by the keys they gave them."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0009_event_imports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="document",
            name="origin",
            field=models.CharField(
                choices=[
                    ("paste", "pasted"),
                    ("upload", "uploaded"),
                    ("page", "fetched page"),
                    ("feed", "feed"),
                    ("file", "event file"),
                    ("hand", "entered by hand"),
                    ("push", "pushed by a script"),
                    ("excerpt", "excerpts of an imported table"),
                ],
                max_length=8,
            ),
        ),
        migrations.CreateModel(
            name="PushedItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(help_text="The sender's own name for it.", max_length=200),
                ),
                (
                    "digest",
                    models.CharField(
                        help_text="SHA-256 of what was pushed last, hex.", max_length=64
                    ),
                ),
                (
                    "pushed_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "document",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="sources.document",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("owner", "key"), name="pushed_once")
                ],
            },
        ),
    ]
