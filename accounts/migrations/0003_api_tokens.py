"""Personal tokens. What a token opens never widens, and a revoked one stays revoked."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from accounts.immutability import locked

STAYS_REVOKED = """
CREATE TRIGGER accounts_apitoken_stays_revoked BEFORE UPDATE ON accounts_apitoken FOR EACH ROW
WHEN (OLD.revoked_at IS NOT NULL AND OLD.revoked_at IS DISTINCT FROM NEW.revoked_at)
EXECUTE FUNCTION plumbline_refuse('A revoked token stays revoked.')
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_immutable"),
    ]

    operations = [
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                (
                    "scopes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("READ_LEDGER", "read the ledger"),
                                ("CAPTURE_DOCUMENTS", "capture documents"),
                                ("WRITE_CLAIMS", "write and register claims"),
                                ("MANAGE_SOURCES", "manage feeds, publishers and claimants"),
                                ("TRIAGE_EVIDENCE", "accept or reject evidence"),
                                ("REVIEW_CLAIMS", "review claims"),
                                ("ADJUDICATE", "adjudicate disagreements"),
                                ("MANAGE_LEXICONS", "manage lexicons"),
                                ("PUBLISH_REPORTS", "publish reports"),
                                ("READ_AUDIT", "read the audit log"),
                                ("MANAGE_USERS", "manage users"),
                            ],
                            max_length=32,
                        )
                    ),
                ),
                (
                    "digest",
                    models.CharField(
                        help_text="SHA-256 of the secret, hex.", max_length=64, unique=True
                    ),
                ),
                ("hint", models.CharField(help_text="How the secret begins.", max_length=20)),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("expires_at", models.DateTimeField()),
                ("last_used_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tokens",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "scopes__contained_by",
                                [
                                    "READ_LEDGER",
                                    "CAPTURE_DOCUMENTS",
                                    "WRITE_CLAIMS",
                                    "MANAGE_SOURCES",
                                    "TRIAGE_EVIDENCE",
                                    "REVIEW_CLAIMS",
                                    "ADJUDICATE",
                                    "MANAGE_LEXICONS",
                                    "PUBLISH_REPORTS",
                                    "READ_AUDIT",
                                    "MANAGE_USERS",
                                ],
                            ),
                            ("scopes__len__gt", 0),
                        ),
                        name="api_token_scopes_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")),
                        name="api_token_digest_sha256",
                    ),
                ],
            },
        ),
        *locked(
            "accounts_apitoken",
            when="TRUE",
            columns=["owner_id", "scopes", "digest", "hint", "created_at", "expires_at"],
            message="What a token opens is never changed.",
        ),
        migrations.RunSQL(
            STAYS_REVOKED, "DROP TRIGGER accounts_apitoken_stays_revoked ON accounts_apitoken"
        ),
    ]
