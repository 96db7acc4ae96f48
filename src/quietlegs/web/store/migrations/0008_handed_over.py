import django.db.models.deletion
from django.db import migrations, models

from quietlegs.web.store.whose import diary_in_hand


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0007_grants"),
    ]

    operations = [
        migrations.CreateModel(
            name="HandedOverRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.CharField(max_length=32, unique=True)),
                ("name", models.CharField(max_length=255)),
                ("digest", models.CharField(max_length=64)),
                ("size", models.BigIntegerField()),
                ("zone", models.CharField(max_length=64)),
                ("language", models.CharField(max_length=8)),
                ("wished_at", models.DateTimeField()),
                ("state", models.CharField(max_length=16)),
                ("come", models.BigIntegerField(default=0)),
                ("columns", models.JSONField(null=True)),
                ("told", models.JSONField(default=dict)),
                ("leased_until", models.DateTimeField(null=True)),
                ("lease", models.IntegerField(default=0)),
                ("tries", models.SmallIntegerField(default=0)),
                (
                    "diary",
                    models.ForeignKey(
                        default=diary_in_hand,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="store.diaryrow",
                    ),
                ),
            ],
            options={
                "db_table": "handed_over",
            },
        ),
        migrations.CreateModel(
            name="ColumnsRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("header", models.CharField(max_length=64)),
                ("columns", models.JSONField()),
                ("at", models.DateTimeField()),
                (
                    "diary",
                    models.ForeignKey(
                        default=diary_in_hand,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="store.diaryrow",
                    ),
                ),
            ],
            options={
                "db_table": "import_columns",
                "constraints": [models.UniqueConstraint(fields=("diary", "header"), name="columns_once")],
            },
        ),
    ]
