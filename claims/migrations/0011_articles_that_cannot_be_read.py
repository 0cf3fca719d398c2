"""What cannot be read for claims is tried again later, and given up in the end."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0010_articles_of_registered_claims"),
    ]

    operations = [
        migrations.RenameField(model_name="extractionprogress", old_name="at", new_name="due_at"),
        migrations.AlterField(
            model_name="extractionprogress",
            name="due_at",
            field=models.DateTimeField(help_text="Until then no other worker takes it."),
        ),
        migrations.AddField(
            model_name="extractionprogress",
            name="attempts",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="extractionprogress",
            name="last_error",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="extractionprogress",
            name="given_up_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name="extractionprogress",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("given_up_at", None),
                    models.Q(("last_error", ""), _negated=True),
                    _connector="OR",
                ),
                name="extraction_given_up_for_a_reason",
            ),
        ),
    ]
