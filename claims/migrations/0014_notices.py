"""What became of what claims lean on, and who looked at it."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from accounts.immutability import locked


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0013_longest_texts"),
        ("sources", "0011_capture"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="NoticeTold",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("claims", models.PositiveIntegerField()),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "notice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sources.notice",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ClaimNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "told_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("seen_at", models.DateTimeField(null=True)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="told",
                        to="claims.claim",
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sources.notice",
                    ),
                ),
                (
                    "seen_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-told_at", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("seen_at__isnull", True)),
                        fields=["-id"],
                        name="claim_notice_unseen",
                    ),
                    models.Index(fields=["told_at"], name="claim_notice_told"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("claim", "notice"), name="claim_notice_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("seen_at__isnull", True), ("seen_by__isnull", True)),
                            models.Q(("seen_at__isnull", False), ("seen_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="claim_notice_seen_by_somebody",
                    ),
                ],
            },
        ),
        *locked(
            "claims_claimnotice",
            when="TRUE",
            columns=["id", "claim_id", "notice_id", "told_at"],
            message="What a claim was told is never changed.",
        ),
        migrations.RunSQL(
            "CREATE TRIGGER claims_claimnotice_seen BEFORE UPDATE ON claims_claimnotice FOR EACH ROW WHEN ("
            "OLD.seen_at IS NOT NULL AND (OLD.seen_at, OLD.seen_by_id) IS DISTINCT FROM "
            "(NEW.seen_at, NEW.seen_by_id)) EXECUTE FUNCTION plumbline_refuse("
            "'Who looked at a notice first is never changed.')",
            "DROP TRIGGER claims_claimnotice_seen ON claims_claimnotice",
        ),
    ]
