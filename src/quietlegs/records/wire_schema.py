"""The wire form of a fact as a JSON Schema, read off the same fields and ranges that check it."""

from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime, time
from enum import StrEnum
from fractions import Fraction
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from quietlegs.records.bounds import Between, Length
from quietlegs.records.fact import KINDS

Schema = dict[str, Any]

_UUID = {"type": "string", "format": "uuid"}
_PLAIN: dict[type, Schema] = {
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    str: {"type": "string"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
    time: {"type": "string", "description": "a time on the wall, such as 21:30"},
    UUID: _UUID,
    NoneType: {"type": "null"},
    Fraction: {"type": "string", "pattern": "^[0-9]+/[0-9]*[1-9][0-9]*$"},
}
_SEVEN = {**_UUID, "pattern": "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-7[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$"}
_WALL = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?$"
_AROUND: Schema = {
    "id": _SEVEN | {"description": "made where the fact was noted, once"},
    "kind": {"type": "string"},
    "night": {"type": "string", "format": "date", "description": "the night it belongs to, noon to noon"},
    "at": {"type": "string", "format": "date-time", "description": "the instant of noting, in UTC"},
    "zone": {"type": "string", "description": "the IANA zone it was noted in"},
    "offset_s": {"type": "integer", "exclusiveMinimum": -86_400, "exclusiveMaximum": 86_400},
    "wall": {
        "type": "string",
        "pattern": _WALL,
        "description": "`at` plus `offset_s`, as the clock on the wall showed it",
    },
    "supersedes": {"anyOf": [_UUID, {"type": "null"}], "description": "the fact that this one replaces or withdraws"},
}


def fact_schemas(reference: str = "#/$defs/{}") -> dict[str, Schema]:
    """Return the schema of a fact, under "fact", and one for each kind of payload, under the kind's name.

    Parameters
    ----------
    reference : str
        How one schema points at another, with the place of its name.

    Returns
    -------
    dict
        JSON Schema of draft 2020-12, as OpenAPI 3.1 takes it. What binds several fields together (a wall time that is
        `at` plus `offset_s`; an amount that is plausible for its unit) is not told by it, and is checked all the same.
    """
    whole = {
        "anyOf": [_whole(kind, reference.format(kind)) for kind in KINDS],
        "description": "What one person noted, once. Nothing is ever changed: a later fact supersedes an earlier one.",
    }
    return {"fact": whole} | {kind: _of_fields(payload) for kind, payload in KINDS.items()}


def _whole(kind: str, payload: str) -> Schema:
    properties = _AROUND | {"kind": {"const": kind}, "payload": {"$ref": payload}}
    return _closed(properties, [name for name in properties if name != "supersedes"])


def _of_fields(kind: type[Any]) -> Schema:
    hints = get_type_hints(kind, include_extras=True)
    needed = [field.name for field in fields(kind) if _is_needed(field)]
    return _closed({field.name: _of(hints[field.name]) for field in fields(kind)}, needed)


def _closed(properties: Schema, needed: list[str]) -> Schema:
    return {"type": "object", "properties": properties, "required": needed, "additionalProperties": False}


def _is_needed(field: "Field[Any]") -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _of(hint: Any) -> Schema:
    """Return the schema of a field; one that may be None may be null or left out."""
    origin, inside = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _within(_of(inside[0]), list(inside[1:]))
    if origin in (Union, UnionType):
        return {"anyOf": [_of(one) for one in inside]}
    return {"type": "array", "items": _of(inside[0])} if origin is tuple else _of_one(hint)


def _of_one(kind: type[Any]) -> Schema:
    if is_dataclass(kind):
        return _of_fields(kind)
    if issubclass(kind, StrEnum):
        return {"type": "string", "enum": [str(one) for one in kind]}
    return dict(_PLAIN[kind])


def _within(schema: Schema, marks: list[Any]) -> Schema:
    if "anyOf" in schema:
        return {"anyOf": [one if one == {"type": "null"} else _within(one, marks) for one in schema["anyOf"]]}
    for mark in marks:
        if isinstance(mark, Between):
            schema = schema | {"minimum": mark.low, "maximum": mark.high}
        if isinstance(mark, Length):
            # Spaces at both ends do not count towards its least length.
            schema = schema | {"minLength": mark.low, "pattern": r"\S"}
            schema["description"] = str(mark)
    return schema
