"""The one table of facts; nothing outside this room imports it."""

from django.db import models


class FactRow(models.Model):
    """A fact as stored: append-only, in the order in which facts arrived."""

    fact_id = models.UUIDField(unique=True)
    kind = models.CharField(max_length=32)
    night = models.DateField()
    at = models.DateTimeField()
    zone = models.CharField(max_length=64)
    offset_s = models.IntegerField()
    wall = models.CharField(max_length=32)
    payload = models.JSONField()
    supersedes = models.UUIDField(null=True)

    class Meta:
        """Indexes for the two questions asked: facts of a kind by night, and what replaces what."""

        db_table = "fact"
        indexes = [
            models.Index(fields=["kind", "night"], name="fact_kind_night"),
            models.Index(fields=["supersedes"], name="fact_supersedes"),
        ]

    def __str__(self) -> str:
        """Name the fact for a developer who meets it in a shell."""
        return f"{self.kind} of {self.night}"
