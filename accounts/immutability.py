"""What must never change is held by PostgreSQL itself, whoever writes: form, admin, shell or SQL.

Migrations call these. A refused statement raises `restrict_violation` (SQLSTATE 23001), which Django
shows as IntegrityError, with the given words as its message.
"""

from collections.abc import Sequence

from django.db import migrations

REFUSE_FUNCTION = """
CREATE FUNCTION plumbline_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
END $$
"""


def define_refusal() -> migrations.RunSQL:
    """The function behind every refusal; the first migration of the lowest room makes it."""
    return migrations.RunSQL(REFUSE_FUNCTION, "DROP FUNCTION plumbline_refuse()")


def append_only(table: str, message: str) -> list[migrations.RunSQL]:
    """Rows of `table` are neither changed nor removed."""
    return [
        _refuse(table, "no_change", "BEFORE UPDATE OR DELETE", "FOR EACH ROW", message),
        _refuse(table, "no_truncate", "BEFORE TRUNCATE", "FOR EACH STATEMENT", message),
    ]


def never_rewritten(table: str, message: str) -> migrations.RunSQL:
    """Rows of `table` are not changed; old ones may be pruned."""
    return _refuse(table, "no_change", "BEFORE UPDATE", "FOR EACH ROW", message)


def locked(
    table: str, *, when: str, columns: Sequence[str], message: str
) -> list[migrations.RunSQL]:
    """Rows of `table` for which `when` (SQL on OLD) holds keep `columns` and are not removed."""
    changed = " OR ".join(f'OLD."{name}" IS DISTINCT FROM NEW."{name}"' for name in columns)
    return [
        _refuse(
            table,
            "locked",
            "BEFORE UPDATE",
            f"FOR EACH ROW WHEN (({when}) AND ({changed}))",
            message,
        ),
        _refuse(table, "kept", "BEFORE DELETE", f"FOR EACH ROW WHEN ({when})", message),
        _refuse(table, "no_truncate", "BEFORE TRUNCATE", "FOR EACH STATEMENT", message),
    ]


def _refuse(table: str, suffix: str, moment: str, scope: str, message: str) -> migrations.RunSQL:
    name = f"{table}_{suffix}"
    words = message.replace("'", "''")
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} {moment} ON {table} {scope} EXECUTE FUNCTION plumbline_refuse('{words}')",
        f"DROP TRIGGER {name} ON {table}",
    )
