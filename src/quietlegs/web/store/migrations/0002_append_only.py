"""The file itself refuses to change or delete a fact, whoever writes to it."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_VERBS = ("update", "delete")


def forbid(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Add a trigger for each verb."""
    if editor.connection.vendor == "sqlite":
        for verb in _VERBS:
            editor.execute(
                f"CREATE TRIGGER fact_no_{verb} BEFORE {verb.upper()} ON fact "
                "BEGIN SELECT RAISE(ABORT, 'facts are append-only: a correction is a new fact'); END"
            )


def allow(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Remove the triggers."""
    if editor.connection.vendor == "sqlite":
        for verb in _VERBS:
            editor.execute(f"DROP TRIGGER IF EXISTS fact_no_{verb}")


class Migration(migrations.Migration):
    """Runs after the table stands."""

    dependencies = [("store", "0001_initial")]
    operations = [migrations.RunPython(forbid, allow)]
