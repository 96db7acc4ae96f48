"""SQLite files from strangers: read from a copy, a table at a time, and nothing of what they hold is run."""

# Python's own, below the name `sqlite3`: the web door puts another build there, which sets no limits on what a file
# from elsewhere may ask for.
import _sqlite3 as sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from quietlegs.formats.archive import opened
from quietlegs.formats.database_row import Row
from quietlegs.formats.reading import LeftOut, NotReadableError
from quietlegs.formats.watching import open_bytes, still_wanted
from quietlegs.words.catalogue import _

MOST_BYTES = 4 * 2**30
# A real database of years takes some ten million steps; one whose pages point at each other takes them without end.
MOST_STEPS = 200_000_000
_STEPS_APART = 10_000
_ROWS_APART = 10_000
_PIECE = 2**20
# Where its head says how large a page is, how often it was changed, how many pages there are, and when that was.
_HEAD, _SAYS, _LARGEST_PAGE = 100, ((16, 2), (24, 4), (28, 4), (92, 4)), 65_536
_MAGIC = b"SQLite format 3\0"
_MOST_BAD = 100
_ALL = -1
_MOST_TABLES = 2000
_LONGEST_ROW = 16 * 2**20
_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: _LONGEST_ROW,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 2**16,
    sqlite3.SQLITE_LIMIT_COLUMN: 500,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 20,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 2,
    sqlite3.SQLITE_LIMIT_VDBE_OP: 25_000,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}
_BROKEN = (sqlite3.Error, UnicodeError)


def is_database(file: Path) -> bool:
    """Tell by its first bytes whether a file is an SQLite database."""
    try:
        with file.open("rb") as handle:
            return handle.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False


def tables(file: Path) -> set[str]:
    """Return the names of a database's tables; none where it is no database, or a damaged one."""
    if not is_database(file):
        return set()
    try:
        with closing(_connected(file, MOST_STEPS)) as connection:
            return Database(connection).tables()
    except (*_BROKEN, NotReadableError):
        return set()


@contextmanager
def opened_database(file: Path, member: str | None = None, *, most_steps: int = MOST_STEPS) -> Iterator["Database"]:
    """Open a copy of a database, or of one inside a zip file; the copy is gone afterwards.

    Parameters
    ----------
    file : Path
        The database, or the zip file that holds it.
    member : str, optional
        The name inside the zip file.
    most_steps : int
        After so many steps of SQLite's own machine it is stopped, whatever it is at.

    Raises
    ------
    NotReadableError
        It is no database, larger than 4 GB, or its list of tables is damaged.
    """
    with TemporaryDirectory(prefix="quietlegs-") as folder:
        copy = Path(folder) / "copy.db"
        _copy(file, member, copy)
        if not is_database(copy):
            raise NotReadableError(_("{file} is no SQLite database", file=member or file.name))
        _refuse_cut(copy, member or file.name)
        try:
            with closing(_connected(copy, most_steps)) as connection:
                yield Database(connection)
        except _BROKEN as error:
            raise NotReadableError(
                _("{file} is damaged or locked: {reason}", file=member or file.name, reason=error)
            ) from error


class Database:
    """A database that is only read; names of tables and columns are looked up in it, never put together from it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        [[self.version]] = connection.execute("PRAGMA user_version")

    def tables(self) -> set[str]:
        """Return the names of its true tables; views are none, nor are tables that a program would make up."""
        found = self._connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0 LIMIT ?", (_MOST_TABLES,)
        )
        return {f"{name}" for [name] in found}

    def columns(self, table: str) -> list[str]:
        """Return the names of a table's stored columns; none where there is no such table."""
        if table not in self.tables():
            return []
        # The seventh cell tells columns that hold something from those that a statement of the file works out.
        told = self._connection.execute(f"PRAGMA table_xinfo({_quoted(table)})")
        return [f"{column[1]}" for column in told if column[6] == 0]

    def rows(self, table: str, wanted: Sequence[str], perhaps: Sequence[str] = ()) -> Iterator[Row | LeftOut]:
        """Yield each row of a table as they are stored, with a reason in place of each that cannot be read.

        Parameters
        ----------
        table : str
            Its name.
        wanted, perhaps : sequence of str
            The columns that are read; one of `perhaps` may be missing and is then None in each row.
        """
        try:
            there = self.columns(table)
        except _BROKEN as error:
            yield LeftOut(_("table {table}", table=table), f"{error}", bad=True)
            return
        missing = [name for name in wanted if name not in there]
        if missing:
            words = _("there is no such table") if not there else _("it has no {name}", name=", ".join(missing))
            yield LeftOut(_("table {table}", table=table), words, bad=True)
            return
        names = [*wanted, *(name for name in perhaps if name in there)]
        yield from self._rows(table, names, dict.fromkeys(perhaps))

    def _rows(self, table: str, names: Sequence[str], empty: dict[str, None]) -> Iterator[Row | LeftOut]:
        """Read on behind a row that is too large; behind a damaged page nothing can be found."""
        # The names were found among the table's own and are quoted.
        select = f"SELECT {', '.join(map(_quoted, names))} FROM {_quoted(table)} LIMIT ? OFFSET ?"  # noqa: S608 - see above
        number, bad, at_once = 0, 0, _ALL
        while bad < _MOST_BAD:
            before = number
            try:
                for cells in self._connection.execute(select, (at_once, number)):
                    number += 1
                    if number % _ROWS_APART == 0:
                        still_wanted()
                    yield Row(table, number, {**empty, **dict(zip(names, cells, strict=True))})
            except _BROKEN as error:
                # Rows are fetched ahead, so the one at fault shows itself only where they come one by one.
                at_once, was = (1, at_once) if at_once == _ALL else (_ALL, at_once)
                if was == _ALL:
                    continue
                number, bad = number + 1, bad + 1
                yield LeftOut(_("table {table}, row {number}", table=table, number=number), f"{error}", bad=True)
                if not isinstance(error, sqlite3.DataError):
                    return
            else:
                if at_once == _ALL or number == before:
                    return


def _copy(file: Path, member: str | None, copy: Path) -> None:
    """Copy it: nobody changes what is read, and no journal lies beside it that SQLite would want to play back."""
    with open_bytes(file) if member is None else opened(file, member) as source, copy.open("wb") as target:
        written = 0
        while piece := source.read(_PIECE):
            written += len(piece)
            if written > MOST_BYTES:
                words = _("{file} is larger than {most} GB", file=member or file.name, most=MOST_BYTES // 2**30)
                raise NotReadableError(words)
            target.write(piece)


def _refuse_cut(copy: Path, name: str) -> None:
    """Refuse a file that is shorter than it says: SQLite would take what is missing for noughts."""
    with copy.open("rb") as handle:
        head = handle.read(_HEAD)
    if len(head) == _HEAD:
        page, change, count, valid = (int.from_bytes(head[at : at + size]) for at, size in _SAYS)
        size, wanted = copy.stat().st_size, (page if page > 1 else _LARGEST_PAGE) * count
        # Programs of before 2010 do not keep the count, and say so by these two.
        if change == valid and size < wanted:
            told = {"size": size, "wanted": wanted}
            raise NotReadableError(_("{file} was cut: it has {size} bytes of {wanted}", file=name, **told))


def _connected(file: Path, most_steps: int) -> sqlite3.Connection:
    # Immutable: SQLite takes no lock, writes nothing beside the file, and plays no journal back.
    connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    connection.text_factory = lambda text: text.decode("utf-8", "replace")
    for limit, most in _LIMITS.items():
        connection.setlimit(limit, most)
    # What a schema holds is not trusted to be harmless, nor a page to be what it says.
    for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0", "query_only = ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.set_authorizer(_allowed)
    passed = iter(range(0, most_steps, _STEPS_APART))
    connection.set_progress_handler(lambda: next(passed, None) is None, _STEPS_APART)
    return connection


def _allowed(action: int, first: str | None, _second: str | None, _database: str | None, inside: str | None) -> int:
    """Allow reading, and asking for the version and for columns; nothing that stands in a view or a trigger."""
    plain = action in {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ} and inside is None
    asked = action == sqlite3.SQLITE_PRAGMA and first in {"user_version", "table_xinfo"}
    return sqlite3.SQLITE_OK if plain or asked else sqlite3.SQLITE_DENY


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
