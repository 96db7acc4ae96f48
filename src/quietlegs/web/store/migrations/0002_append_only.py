"""The database itself refuses to change or delete a fact, whoever writes to it."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_TOLD = "facts are append-only: a correction is a new fact"
_VERBS = ("update", "delete")


def forbid(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Add a trigger for each verb."""
    for statement in _MADE[editor.connection.vendor]:
        editor.execute(statement)


def allow(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Remove the triggers."""
    for statement in _REMOVED[editor.connection.vendor]:
        editor.execute(statement)


_MADE = {
    "sqlite": [
        f"CREATE TRIGGER fact_no_{verb} BEFORE {verb.upper()} ON fact BEGIN SELECT RAISE(ABORT, '{_TOLD}'); END"
        for verb in _VERBS
    ],
    "postgresql": [
        f"CREATE FUNCTION fact_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{_TOLD}'; END $$",
        (
            "CREATE TRIGGER fact_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON fact "
            "FOR EACH STATEMENT EXECUTE FUNCTION fact_stays()"
        ),
    ],
}
_REMOVED = {
    "sqlite": [f"DROP TRIGGER IF EXISTS fact_no_{verb}" for verb in _VERBS],
    "postgresql": ["DROP TRIGGER IF EXISTS fact_stays ON fact", "DROP FUNCTION IF EXISTS fact_stays()"],
}


class Migration(migrations.Migration):
    """Runs after the table stands."""

    dependencies = [("store", "0001_initial")]
    operations = [migrations.RunPython(forbid, allow)]
