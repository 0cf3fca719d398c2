"""What each batch of an import stored, and the ways out for what is taken back."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accounts.immutability import locked

# Removing is let through for what a stream brought, once what stays of it is written down, and for what
# a file brought whose import is being taken back. What something points at is held by the foreign keys.
KEPT_FUNCTION = """
CREATE OR REPLACE FUNCTION sources_document_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.origin IN ('paste', 'upload', 'page', 'hand', 'excerpt', 'capture')
        OR NOT (
            EXISTS (SELECT 1 FROM sources_prunedreport WHERE document_number = OLD.id)
            OR (
                OLD.origin = 'file'
                AND EXISTS (
                    SELECT 1
                    FROM (
                        SELECT event_import_id, last FROM sources_eventimportbatch
                        WHERE first <= OLD.id ORDER BY first DESC LIMIT 1
                    ) AS batch
                    JOIN sources_eventimport AS import ON import.id = batch.event_import_id
                    WHERE batch.last >= OLD.id AND import.status = 'going'
                )
            )
        )
    THEN
        RAISE EXCEPTION 'A captured document is never changed.'
            USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN OLD;
END $$
"""
KEPT_BEFORE = """
CREATE OR REPLACE FUNCTION sources_document_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.origin IN ('paste', 'upload', 'page', 'hand', 'excerpt', 'capture')
        OR NOT EXISTS (SELECT 1 FROM sources_prunedreport WHERE document_number = OLD.id)
    THEN
        RAISE EXCEPTION 'A captured document is never changed.'
            USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN OLD;
END $$
"""
# What the machine made one may go with both events, once nothing reports either.
DECIDED = "What was decided on events is never changed."
DECIDED_FUNCTION = f"""
CREATE FUNCTION sources_regathering_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.by_id IS NOT NULL
        OR EXISTS (SELECT 1 FROM sources_eventreport WHERE event_id IN (OLD.event_id, OLD.other_id))
    THEN
        RAISE EXCEPTION '{DECIDED}'
            USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN OLD;
END $$
"""  # noqa: S608 - our own words


def _refused(name: str, moment: str) -> str:
    return (
        f"CREATE TRIGGER {name} {moment} ON sources_regathering FOR EACH ROW "
        f"EXECUTE FUNCTION plumbline_refuse('{DECIDED}')"
    )


DROPPED = "DROP TRIGGER sources_regathering_no_change ON sources_regathering"
DECISIONS = [
    migrations.RunSQL(
        DROPPED, _refused("sources_regathering_no_change", "BEFORE UPDATE OR DELETE")
    ),
    migrations.RunSQL(_refused("sources_regathering_no_change", "BEFORE UPDATE"), DROPPED),
    migrations.RunSQL(DECIDED_FUNCTION, "DROP FUNCTION sources_regathering_kept()"),
    migrations.RunSQL(
        "CREATE TRIGGER sources_regathering_kept BEFORE DELETE ON sources_regathering "
        "FOR EACH ROW EXECUTE FUNCTION sources_regathering_kept()",
        "DROP TRIGGER sources_regathering_kept ON sources_regathering",
    ),
]


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0012_publishers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="EventImportBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first", models.BigIntegerField(unique=True)),
                ("last", models.BigIntegerField()),
                (
                    "kept",
                    models.JSONField(
                        default=dict,
                        help_text="Why documents stayed when it was taken back, by their numbers.",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "event import batches",
                "ordering": ["event_import", "id"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="eventimport",
            name="event_import_ended_when_over",
        ),
        migrations.AddField(
            model_name="eventimport",
            name="removed",
            field=models.PositiveIntegerField(default=0, help_text="Reports taken back."),
        ),
        migrations.AddField(
            model_name="eventimport",
            name="taken_back_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="eventimport",
            name="taken_back_to",
            field=models.BigIntegerField(
                help_text="The batch down to which it is taken back, while it is.", null=True
            ),
        ),
        migrations.AlterField(
            model_name="eventimport",
            name="status",
            field=models.CharField(
                choices=[
                    ("waiting", "waits for a decision"),
                    ("importing", "being imported"),
                    ("done", "imported"),
                    ("broken", "broke off"),
                    ("cancelled", "Cancelled"),
                    ("going", "being taken back"),
                    ("gone", "taken back"),
                ],
                default="waiting",
                max_length=9,
            ),
        ),
        migrations.AddIndex(
            model_name="eventimport",
            index=models.Index(
                condition=models.Q(("status", "going")), fields=["id"], name="event_import_going"
            ),
        ),
        migrations.AddConstraint(
            model_name="eventimport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ended_at__isnull", False),
                        ("status__in", ["done", "broken", "cancelled", "going", "gone"]),
                    ),
                    models.Q(("ended_at__isnull", True), ("status__in", ["waiting", "importing"])),
                    _connector="OR",
                ),
                name="event_import_ended_when_over",
            ),
        ),
        migrations.AddConstraint(
            model_name="eventimport",
            constraint=models.CheckConstraint(
                condition=models.Q(("stored__gte", models.F("removed"))),
                name="event_import_removed_of_stored",
            ),
        ),
        migrations.AddField(
            model_name="eventimportbatch",
            name="event_import",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="batches",
                to="sources.eventimport",
            ),
        ),
        migrations.AddConstraint(
            model_name="eventimportbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(("last__gte", models.F("first"))),
                name="event_import_batch_in_order",
            ),
        ),
        # A batch is never said to have stored something else.
        locked(
            "sources_eventimportbatch",
            when="TRUE",
            columns=["event_import_id", "first", "last"],
            message="What a batch of an import stored is never changed.",
        )[0],
        migrations.RunSQL(KEPT_FUNCTION, KEPT_BEFORE),
        *DECISIONS,
    ]
