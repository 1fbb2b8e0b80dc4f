# SPDX-License-Identifier: Apache-2.0
"""What somebody sends, read strictly: a body of JSON as a struct, the parameters of an address as another.

What is not known is refused rather than left out: whoever misspells a field learns it at once.
"""

from __future__ import annotations

import json
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import msgspec
from fastapi import HTTPException, Request

from debar.errors import UsageError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

T = TypeVar("T")
CLOCK = ("as_of", "known_on")
"""Parameters that every operation of an organisation may be given."""
_LONGEST = 1000
"""Characters of one parameter."""
_MOST = 500
"""Values of one parameter."""
_DIGITS = 9
"""Of a number in an address."""


async def whole_body(request: Request) -> bytes:
    """Give the body of a request that says it is JSON; 415 for anything else."""
    said = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if said != "application/json" and not (said.startswith("application/") and said.endswith("+json")):
        raise HTTPException(415, "send application/json")
    return await request.body()


def decoded(body: bytes, kind: type[T], *, is_lenient: bool = False) -> T:
    """Give what a body of JSON says; UsageError for what is no JSON, or says what nobody asked for."""
    plain = _plain(body)
    if not is_lenient:
        _check_known(plain, kind, "")
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as e:
        raise UsageError(f"the body: {_short(str(e))}", hint="the document of the API says what stands where") from e
    except (msgspec.DecodeError, RecursionError, ValueError) as e:
        raise _no_json(str(e)) from e


def queried(request: Request, kind: Any, others: Iterable[str]) -> Any:  # noqa: ANN401 - a type, and a value of it
    """Give the parameters of an address as a struct; UsageError for one that is not known, or says what cannot be."""
    fields = {field.name: field for field in msgspec.structs.fields(kind)} if kind else {}
    known = (*fields, *others, *CLOCK)
    found: dict[str, Any] = {}
    for name in request.query_params:
        if name not in known:
            raise UsageError(
                f"{_short(name)}: is no parameter here{did_you_mean(name[:40], known)}",
                hint=f"one of: {', '.join(sorted(known))}",
            )
        values = [_checked(value, name) for value in request.query_params.getlist(name)]
        if name not in fields:
            if len(values) > 1:
                raise UsageError(f"{name}: is given {len(values)} times")
            continue
        if values := [value for value in values if value]:
            found[name] = _value(fields[name], values)
    if kind is None:
        return None
    try:
        return msgspec.convert(found, kind, strict=False)
    except (msgspec.ValidationError, ValueError) as e:
        raise UsageError(
            f"a parameter: {_short(str(e))}", hint="the document of the API says what may stand there"
        ) from e


def one(request: Request, name: str, otherwise: str = "") -> str:
    """Give a parameter of an address, which `queried` has looked at."""
    return _checked(request.query_params.get(name, ""), name) or otherwise


def number(request: Request, name: str, otherwise: int) -> int:
    """Give a parameter that is a number; UsageError for what is none."""
    text = one(request, name)
    if not text:
        return otherwise
    if not (text.isascii() and text.isdecimal() and len(text) <= _DIGITS):
        raise UsageError(f"{name}: {_short(text)!r} is no number", hint="write digits")
    return int(text)


def check_path(request: Request) -> None:
    """Raise 404 for a part of an address that nothing is called."""
    for value in request.path_params.values():
        if any(unicodedata.category(sign) in ("Cc", "Cs") for sign in str(value)):
            raise HTTPException(404, "there is no such thing")


def _value(field: msgspec.structs.FieldInfo, values: list[str]) -> Any:  # noqa: ANN401 - of any type
    """Give the value of a parameter: a list where it may stand several times."""
    if _is_many(field.type):
        if len(values) > _MOST:
            raise UsageError(f"{field.name}: is given more than {_MOST} times")
        return values
    if len(values) > 1:
        raise UsageError(f"{field.name}: is given {len(values)} times")
    if field.type is int and not (values[0].isascii() and values[0].isdecimal() and len(values[0]) <= _DIGITS):
        raise UsageError(f"{field.name}: {_short(values[0])!r} is no number", hint="write digits")
    return values[0]


def _is_many(kind: Any) -> bool:  # noqa: ANN401 - any type
    return getattr(kind, "__origin__", None) in (tuple, list)


def _checked(value: str, name: str) -> str:
    if len(value) > _LONGEST:
        raise UsageError(f"{_short(name)}: has more than {_LONGEST} characters", hint="write less")
    if any(unicodedata.category(sign) in ("Cc", "Cs") for sign in value):
        raise UsageError(f"{_short(name)}: holds characters that cannot be seen", hint="write it anew")
    return value


def _plain(body: bytes) -> Any:  # noqa: ANN401 - any JSON
    """Give JSON as it stands; UsageError for what is none, for a key that stands twice, and for what cannot be kept."""
    try:
        text = body.decode("utf-8")
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number, parse_int=_integer)
        text.encode("utf-8")
    except UsageError:
        raise
    except (ValueError, RecursionError) as e:
        raise _no_json(str(e)) from e
    if "\\u" in text:
        _check_texts(found)
    return found


def _check_texts(value: Any) -> None:  # noqa: ANN401 - any JSON
    """Raise UsageError for half of a sign, which is no text and cannot be kept."""
    waiting = [value]
    while waiting:
        one_ = waiting.pop()
        if isinstance(one_, dict):
            waiting += [*one_, *one_.values()]
        elif isinstance(one_, list):
            waiting += one_
        elif isinstance(one_, str) and any(unicodedata.category(sign) == "Cs" or sign == "\0" for sign in one_):
            raise UsageError("the body: holds characters that are none", hint="send text in UTF-8")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]  # it remembers
        raise UsageError(f"the body: {_short(twice)!r} stands there twice", hint="say each thing once")
    return found


def _no_number(text: str) -> NoReturn:
    raise UsageError(f"the body: {text} is no number of JSON", hint="leave it out")


def _integer(text: str) -> int:
    if len(text) > 18:
        raise UsageError("the body: a number is too large", hint="no number here has so many digits")
    return int(text)


def _check_known(value: Any, kind: Any, at: str) -> None:  # noqa: ANN401 - any JSON, any type
    """Raise UsageError for a key that a struct does not know, at whatever depth."""
    if isinstance(value, dict) and isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        fields = _fields(kind)
        for key, inner in value.items():
            if key not in fields:
                raise UsageError(
                    f"the body: {at}{_short(key)}: is not known{did_you_mean(key[:40], fields)}",
                    hint=f"one of: {', '.join(sorted(fields))}",
                )
            _check_known(inner, fields[key], f"{at}{key}.")
    elif isinstance(value, list) and _is_many(kind):
        for inner in value:
            _check_known(inner, kind.__args__[0], at)


@lru_cache(maxsize=256)
def _fields(kind: type[msgspec.Struct]) -> dict[str, Any]:
    return {field.encode_name: field.type for field in msgspec.structs.fields(kind)}


def _no_json(why: str) -> UsageError:
    return UsageError(f"the body is no JSON: {_short(why)}", hint="send one document of JSON in UTF-8")


def _short(text: str) -> str:
    return text if len(text) <= 200 else f"{text[:200]} ..."
