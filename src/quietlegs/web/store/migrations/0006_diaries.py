"""Diaries of several people in one database: whatever was there belongs to the first.

The triggers of 0002 come anew: SQLite makes a changed table again, without its triggers, and a diary can now be erased
as a whole.
"""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState, StateApps
from django.utils import timezone

from quietlegs.web.store.whose import PERSONAL, diary_in_hand, in_hand

_TOLD = "facts are append-only: a correction is a new fact"
_ERASED = "SELECT 1 FROM diary WHERE id = OLD.diary_id AND erased_at IS NOT NULL"
_OFF = {
    "sqlite": ["DROP TRIGGER IF EXISTS fact_no_update", "DROP TRIGGER IF EXISTS fact_no_delete"],
    "postgresql": ["DROP TRIGGER IF EXISTS fact_stays ON fact"],
}
_ON = {
    "sqlite": [
        f"CREATE TRIGGER fact_no_update BEFORE UPDATE ON fact BEGIN SELECT RAISE(ABORT, '{_TOLD}'); END",
        (
            f"CREATE TRIGGER fact_no_delete BEFORE DELETE ON fact WHEN NOT EXISTS ({_ERASED}) "
            f"BEGIN SELECT RAISE(ABORT, '{_TOLD}'); END"
        ),
    ],
    "postgresql": [
        (
            "CREATE TRIGGER fact_stays BEFORE UPDATE OR TRUNCATE ON fact "
            "FOR EACH STATEMENT EXECUTE FUNCTION fact_stays()"
        ),
        (
            "CREATE FUNCTION fact_goes() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF EXISTS ({_ERASED}) THEN RETURN OLD; END IF; RAISE EXCEPTION '{_TOLD}'; END $$"
        ),
        "CREATE TRIGGER fact_goes BEFORE DELETE ON fact FOR EACH ROW EXECUTE FUNCTION fact_goes()",
    ],
}


def free(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the old triggers off."""
    for statement in _OFF[editor.connection.vendor]:
        editor.execute(statement)


def forbid(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Put the new triggers on; the ones of SQLite went with the tables that were made again."""
    for statement in (*_OFF[editor.connection.vendor], *_ON[editor.connection.vendor]):
        editor.execute(statement)


def begin(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Make the first diary, which holds everything that is there already."""
    apps.get_model("store", "DiaryRow").objects.create(made_at=timezone.now())


class Migration(migrations.Migration):
    """Takes the old triggers off, gives every table its diary, and puts the new triggers on."""

    dependencies = [
        ("store", "0005_imports"),
    ]

    operations = [
        migrations.CreateModel(
            name="DiaryRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("locked_key", models.TextField(default="")),
                ("made_at", models.DateTimeField()),
                ("erased_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "diary",
            },
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
        migrations.RunPython(free, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name="channelrow",
            name="channel_once",
        ),
        migrations.RemoveIndex(
            model_name="factrow",
            name="fact_kind_night",
        ),
        migrations.RemoveIndex(
            model_name="factrow",
            name="fact_supersedes",
        ),
        migrations.RemoveIndex(
            model_name="importedrow",
            name="imported_source",
        ),
        migrations.AlterField(
            model_name="factrow",
            name="fact_id",
            field=models.UUIDField(),
        ),
        migrations.AlterField(
            model_name="importedrow",
            name="fact_id",
            field=models.UUIDField(),
        ),
        migrations.AddField(
            model_name="apitokenrow",
            name="diary",
            field=models.ForeignKey(
                default=diary_in_hand, on_delete=django.db.models.deletion.PROTECT, to="store.diaryrow"
            ),
        ),
        migrations.AddField(
            model_name="channelrow",
            name="diary",
            field=models.ForeignKey(
                default=diary_in_hand, on_delete=django.db.models.deletion.PROTECT, to="store.diaryrow"
            ),
        ),
        migrations.AddField(
            model_name="deliveryrow",
            name="diary",
            field=models.ForeignKey(
                default=diary_in_hand, on_delete=django.db.models.deletion.PROTECT, to="store.diaryrow"
            ),
        ),
        migrations.AddField(
            model_name="factrow",
            name="diary",
            field=models.ForeignKey(
                db_index=False, default=diary_in_hand, on_delete=django.db.models.deletion.PROTECT, to="store.diaryrow"
            ),
        ),
        migrations.AddField(
            model_name="importedrow",
            name="diary",
            field=models.ForeignKey(
                default=diary_in_hand, on_delete=django.db.models.deletion.PROTECT, to="store.diaryrow"
            ),
        ),
        migrations.AddField(
            model_name="importrow",
            name="diary",
            field=models.ForeignKey(
                default=diary_in_hand, on_delete=django.db.models.deletion.PROTECT, to="store.diaryrow"
            ),
        ),
        migrations.AddField(
            model_name="mannersrow",
            name="diary",
            field=models.ForeignKey(
                default=diary_in_hand, on_delete=django.db.models.deletion.PROTECT, to="store.diaryrow"
            ),
        ),
        migrations.AddIndex(
            model_name="factrow",
            index=models.Index(fields=["diary", "kind", "night"], name="fact_kind_night"),
        ),
        migrations.AddIndex(
            model_name="factrow",
            index=models.Index(fields=["diary", "supersedes"], name="fact_supersedes"),
        ),
        migrations.AddIndex(
            model_name="importedrow",
            index=models.Index(fields=["diary", "source_id"], name="imported_source"),
        ),
        migrations.AddConstraint(
            model_name="channelrow",
            constraint=models.UniqueConstraint(fields=("diary", "service", "mark"), name="channel_once"),
        ),
        migrations.AddConstraint(
            model_name="factrow",
            constraint=models.UniqueConstraint(fields=("diary", "fact_id"), name="fact_once"),
        ),
        migrations.AddConstraint(
            model_name="importedrow",
            constraint=models.UniqueConstraint(fields=("diary", "fact_id"), name="imported_once"),
        ),
        migrations.AddConstraint(
            model_name="mannersrow",
            constraint=models.UniqueConstraint(fields=("diary",), name="manners_once"),
        ),
        migrations.RunPython(forbid, migrations.RunPython.noop),
    ]

    def apply(self, project_state: ProjectState, schema_editor: Any, collect_sql: bool = False) -> ProjectState:  # noqa: FBT001, FBT002 - as Django calls it
        """Give everything that is there to the first diary."""
        with in_hand(PERSONAL):
            return super().apply(project_state, schema_editor, collect_sql)
