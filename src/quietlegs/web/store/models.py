"""The tables; nothing outside this room imports them."""

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


class ChannelRow(models.Model):
    """A way by which a person asked to be reminded, and how it went; `address` may hold secrets."""

    service = models.CharField(max_length=16)
    mark = models.CharField(max_length=64, default="")
    address = models.JSONField()
    language = models.CharField(max_length=8)
    began_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    shown_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    why = models.TextField(default="")
    gone = models.BooleanField(default=False)

    class Meta:
        """One row a device for push, one for each other service."""

        db_table = "reminder_channel"
        constraints = [models.UniqueConstraint(fields=["service", "mark"], name="channel_once")]

    def __str__(self) -> str:
        """Name the channel for a developer who meets it in a shell."""
        return f"{self.service} since {self.began_at:%Y-%m-%d}"


class DeliveryRow(models.Model):
    """A reminder on its way by one channel: the lease table. The key makes it one, however often it is asked for."""

    key = models.CharField(max_length=80, unique=True)
    channel = models.ForeignKey(ChannelRow, on_delete=models.CASCADE)
    night = models.DateField()
    number = models.SmallIntegerField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=16, default="due")
    leased_until = models.DateTimeField(null=True)
    attempts = models.SmallIntegerField(default=0)

    class Meta:
        """Index for the one question that is asked all the time: what is due."""

        db_table = "reminder_delivery"
        indexes = [models.Index(fields=["state", "due_at"], name="delivery_due")]

    def __str__(self) -> str:
        """Name the delivery for a developer who meets it in a shell."""
        return f"{self.key}: {self.state}"


class ApiTokenRow(models.Model):
    """A key by which another program may come in; the key itself is not kept, only what it is known by."""

    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField()
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        """Found by its digest alone."""

        db_table = "api_token"

    def __str__(self) -> str:
        """Name the key for a developer who meets it in a shell."""
        return f"{self.name} since {self.made_at:%Y-%m-%d}"


class ImportRow(models.Model):
    """A file that was taken in, by its name and the digest of its content."""

    name = models.CharField(max_length=255)
    format = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        """One row a file and a time."""

        db_table = "import"

    def __str__(self) -> str:
        """Name the import for a developer who meets it in a shell."""
        return f"{self.name} at {self.at:%Y-%m-%d %H:%M}"


class ImportedRow(models.Model):
    """Which fact came with which file, and what the program that wrote it calls it."""

    taken = models.ForeignKey(ImportRow, on_delete=models.CASCADE)
    source_id = models.CharField(max_length=255)
    fact_id = models.UUIDField(unique=True)

    class Meta:
        """Found by what its own program calls it."""

        db_table = "imported"
        indexes = [models.Index(fields=["source_id"], name="imported_source")]

    def __str__(self) -> str:
        """Name it for a developer who meets it in a shell."""
        return f"{self.source_id}: {self.fact_id}"


class MannersRow(models.Model):
    """How the person wishes to be reminded, where they were when they said so, and when the worker last looked."""

    quiet_from = models.TimeField()
    quiet_until = models.TimeField()
    most_a_day = models.SmallIntegerField()
    zone = models.CharField(max_length=64)
    zone_at = models.DateTimeField()
    worked_at = models.DateTimeField(null=True)

    class Meta:
        """One row."""

        db_table = "reminder_manners"

    def __str__(self) -> str:
        """Name the row for a developer who meets it in a shell."""
        return f"at most {self.most_a_day} a day"
