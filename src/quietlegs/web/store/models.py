"""The tables; nothing outside this room imports them."""

from typing import Self, TypeVar

from django.db import models

from quietlegs.web.store.whose import diary_in_hand


class DiaryRow(models.Model):
    """A person's diary, and the key that opens what is sealed in it, itself locked by this server's key.

    Facts can be deleted only where `erased_at` is set: the whole diary goes, or nothing.
    """

    locked_key = models.TextField(default="")
    made_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        """One row a person."""

        db_table = "diary"

    def __str__(self) -> str:
        """Name the diary for a developer who meets it in a shell."""
        return f"diary {self.pk} since {self.made_at:%Y-%m-%d}"


_Row = TypeVar("_Row", bound=models.Model)


class _InHand(models.Manager[_Row]):
    """Sees the rows of the diary in hand, and no others."""

    def get_queryset(self) -> models.QuerySet[_Row]:
        """Ask for the rows of the diary in hand."""
        return super().get_queryset().filter(diary=diary_in_hand())


class _Owned(models.Model):
    """A row that belongs to one diary; who reads over all diaries has to say so."""

    diary = models.ForeignKey(DiaryRow, on_delete=models.PROTECT, default=diary_in_hand)

    objects = _InHand[Self]()
    everyones = models.Manager[Self]()

    class Meta:
        """Has no table of its own."""

        abstract = True


class FactRow(_Owned):
    """A fact as stored: append-only, in the order in which facts arrived."""

    # Its other indexes begin with the diary.
    diary = models.ForeignKey(DiaryRow, on_delete=models.PROTECT, default=diary_in_hand, db_index=False)
    fact_id = models.UUIDField()
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
        constraints = [models.UniqueConstraint(fields=["diary", "fact_id"], name="fact_once")]
        indexes = [
            models.Index(fields=["diary", "kind", "night"], name="fact_kind_night"),
            models.Index(fields=["diary", "supersedes"], name="fact_supersedes"),
        ]

    def __str__(self) -> str:
        """Name the fact for a developer who meets it in a shell."""
        return f"{self.kind} of {self.night}"


class ChannelRow(_Owned):
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
        constraints = [models.UniqueConstraint(fields=["diary", "service", "mark"], name="channel_once")]

    def __str__(self) -> str:
        """Name the channel for a developer who meets it in a shell."""
        return f"{self.service} since {self.began_at:%Y-%m-%d}"


class DeliveryRow(_Owned):
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


class ApiTokenRow(_Owned):
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


class ImportRow(_Owned):
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


class ImportedRow(_Owned):
    """Which fact came with which file, and what the program that wrote it calls it."""

    taken = models.ForeignKey(ImportRow, on_delete=models.CASCADE)
    source_id = models.CharField(max_length=255)
    fact_id = models.UUIDField()

    class Meta:
        """Found by what its own program calls it."""

        db_table = "imported"
        constraints = [models.UniqueConstraint(fields=["diary", "fact_id"], name="imported_once")]
        indexes = [models.Index(fields=["diary", "source_id"], name="imported_source")]

    def __str__(self) -> str:
        """Name it for a developer who meets it in a shell."""
        return f"{self.source_id}: {self.fact_id}"


class MannersRow(_Owned):
    """How the person wishes to be reminded, where they were when they said so, and when the worker last looked."""

    quiet_from = models.TimeField()
    quiet_until = models.TimeField()
    most_a_day = models.SmallIntegerField()
    zone = models.CharField(max_length=64)
    zone_at = models.DateTimeField()
    worked_at = models.DateTimeField(null=True)

    class Meta:
        """One row a diary."""

        db_table = "reminder_manners"
        constraints = [models.UniqueConstraint(fields=["diary"], name="manners_once")]

    def __str__(self) -> str:
        """Name the row for a developer who meets it in a shell."""
        return f"at most {self.most_a_day} a day"


class GrantRow(_Owned):
    """What somebody else may read of a diary, until when; the link that offers it is known by its digest alone."""

    reader_name = models.CharField(max_length=80)
    owner_name = models.CharField(max_length=80)
    parts = models.JSONField()
    until = models.DateField()
    made_at = models.DateTimeField()
    digest = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField(null=True)
    reader = models.BigIntegerField(null=True)
    taken_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        """Found by who may read."""

        db_table = "reading_grant"
        indexes = [models.Index(fields=["reader"], name="grant_reader")]

    def __str__(self) -> str:
        """Name the grant for a developer who meets it in a shell."""
        return f"grant {self.pk} until {self.until}"


class TrailRow(_Owned):
    """That something was read, changed or let in: what, about which grant or key, and a word of a fixed list.

    Nothing that a person typed stands here. The database refuses to change a row, and to delete one before its time.
    """

    # Its own index begins with the diary.
    diary = models.ForeignKey(DiaryRow, on_delete=models.PROTECT, default=diary_in_hand, db_index=False)
    what = models.CharField(max_length=24)
    about = models.BigIntegerField(null=True)
    word = models.CharField(max_length=40, default="")
    at = models.DateTimeField()

    class Meta:
        """Told newest first."""

        db_table = "trail"
        indexes = [models.Index(fields=["diary", "at"], name="trail_newest")]

    def __str__(self) -> str:
        """Name it for a developer who meets it in a shell."""
        return f"{self.what} at {self.at:%Y-%m-%d %H:%M}"


class HandedOverRow(_Owned):
    """A file on its way into the diary: handed over, read by one worker at a time, shown as a receipt, taken in."""

    token = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    size = models.BigIntegerField()
    zone = models.CharField(max_length=64)
    language = models.CharField(max_length=8)
    wished_at = models.DateTimeField()
    state = models.CharField(max_length=16)
    come = models.BigIntegerField(default=0)
    columns = models.JSONField(null=True)
    told = models.JSONField(default=dict)
    leased_until = models.DateTimeField(null=True)
    # Which lease it is, and how many of them have ended in nothing.
    lease = models.IntegerField(default=0)
    tries = models.SmallIntegerField(default=0)

    class Meta:
        """Few rows, and none for longer than a day."""

        db_table = "handed_over"

    def __str__(self) -> str:
        """Name the file for a developer who meets it in a shell."""
        return f"{self.name}: {self.state}"


class ColumnsRow(_Owned):
    """What the person said that the columns of a table mean, for the next table with the same ones."""

    header = models.CharField(max_length=64)
    columns = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        """One row a header."""

        db_table = "import_columns"
        constraints = [models.UniqueConstraint(fields=["diary", "header"], name="columns_once")]

    def __str__(self) -> str:
        """Name the row for a developer who meets it in a shell."""
        return f"columns since {self.at:%Y-%m-%d}"
