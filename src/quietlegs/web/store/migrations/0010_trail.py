"""What was read becomes part of a trail of all that was read and changed, which the database keeps as it was written."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from quietlegs.web.store.whose import diary_in_hand

_TOLD = "the trail is append-only"
# As long as `KEPT` in web/store/trail.py says.
_DAYS = 400
_ERASED = "SELECT 1 FROM diary WHERE id = OLD.diary_id AND erased_at IS NOT NULL"
_ON = {
    "sqlite": [
        f"CREATE TRIGGER trail_no_update BEFORE UPDATE ON trail BEGIN SELECT RAISE(ABORT, '{_TOLD}'); END",
        (
            "CREATE TRIGGER trail_no_delete BEFORE DELETE ON trail "
            f"WHEN OLD.at > datetime('now', '-{_DAYS} days') AND NOT EXISTS ({_ERASED}) "
            f"BEGIN SELECT RAISE(ABORT, '{_TOLD}'); END"
        ),
    ],
    "postgresql": [
        f"CREATE FUNCTION trail_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{_TOLD}'; END $$",
        (
            "CREATE TRIGGER trail_stays BEFORE UPDATE OR TRUNCATE ON trail "
            "FOR EACH STATEMENT EXECUTE FUNCTION trail_stays()"
        ),
        (
            "CREATE FUNCTION trail_goes() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF OLD.at <= now() - interval '{_DAYS} days' OR EXISTS ({_ERASED}) THEN RETURN OLD; END IF; "
            f"RAISE EXCEPTION '{_TOLD}'; END $$"
        ),
        "CREATE TRIGGER trail_goes BEFORE DELETE ON trail FOR EACH ROW EXECUTE FUNCTION trail_goes()",
    ],
}


def carry_over(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Bring over what was read so far."""
    trail = apps.get_model("store", "TrailRow")
    read = apps.get_model("store", "ReadingRow").objects.order_by("pk")
    rows = (
        trail(diary_id=one.diary_id, what="read", about=one.grant_id, word=one.part, at=one.at)
        for one in read.iterator()
    )
    trail.objects.bulk_create(rows, batch_size=500)


def forbid(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Put the triggers on."""
    for statement in _ON[editor.connection.vendor]:
        editor.execute(statement)


class Migration(migrations.Migration):
    """Makes the trail, fills it with what is known, and closes it."""

    dependencies = [
        ("store", "0009_grant_invites"),
    ]

    operations = [
        migrations.CreateModel(
            name="TrailRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(max_length=24)),
                ("about", models.BigIntegerField(null=True)),
                ("word", models.CharField(default="", max_length=40)),
                ("at", models.DateTimeField()),
                (
                    "diary",
                    models.ForeignKey(
                        db_index=False,
                        default=diary_in_hand,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="store.diaryrow",
                    ),
                ),
            ],
            options={
                "db_table": "trail",
                "indexes": [models.Index(fields=["diary", "at"], name="trail_newest")],
            },
        ),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        migrations.DeleteModel(name="ReadingRow"),
        migrations.RunPython(forbid, migrations.RunPython.noop),
    ]
