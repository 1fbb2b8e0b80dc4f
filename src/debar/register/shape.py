# SPDX-License-Identifier: Apache-2.0
"""What is wrong with the shape of a document: the exact place, and the word that was probably meant.

msgspec names a place such as `$.provisions[0].modality`, but `[...]` for any value of a mapping, and it
does not say which words could stand there. Both are found by walking the type and the document together.
"""

from __future__ import annotations

import re
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

import msgspec

from debar.errors import did_you_mean

Where = tuple[str | int, ...]
"""A place in a document: ("provisions", 0, "modality")."""
_AT = re.compile(r" - at `(key` in `)?\$((?:\.\w+|\[\d+\]|\[\.\.\.\])*)`$")
_STEP = re.compile(r"\.(\w+)|\[(\d+)\]|\[\.\.\.\]")
_WRONG = re.compile(r"(?:enum value|unknown field) ['\"`](.*)['\"`]", re.DOTALL)


def fault(message: str, kind: Any, document: Any) -> tuple[Where, str]:  # noqa: ANN401 - any type, any document
    """Give the place of what msgspec says about a document that is not of a kind, and the message to show."""
    found = _AT.search(message)
    said, path = (message[: found.start()], found.group(2)) if found else (message, "")
    at, kind, part = _walk(path, kind, document)
    if len(at) < len(_STEP.findall(path)):
        return (), message  # the document holds words that look like a path
    if found and found.group(1) and isinstance(part, dict) and get_args(kind):
        kind = get_args(kind)[0]
        at += tuple(key for key in part if not _fits(key, kind))[:1]
    place = f" - at ${''.join(f'[{step}]' if isinstance(step, int) else f'.{step}' for step in at)}" if at else ""
    wrong = _WRONG.search(said)
    known: list[str] = []
    if wrong and isinstance(kind, type) and issubclass(kind, Enum):
        known = [str(word.value) for word in kind]
    elif wrong and isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        known = [field.encode_name for field in msgspec.structs.fields(kind)]
        at = (*at, wrong.group(1))
    return at, f"{said}{place}{did_you_mean(wrong.group(1), known) if wrong else ''}"


def _walk(path: str, kind: Any, document: Any) -> tuple[Where, Any, Any]:  # noqa: ANN401
    """Follow a path of msgspec's as far as it goes; give it without gaps, the type expected there, and what is there."""
    at: list[str | int] = []
    kind = _stated(kind)
    for step in _STEP.finditer(path):
        name, index = step.groups()
        expected = _part(kind, name)
        known = dict(enumerate(document)) if isinstance(document, list) else document
        if expected is None or not isinstance(known, dict):
            break
        wrong = (k for k, value in known.items() if not _fits(value, expected))
        key = name or (int(index) if index else next(wrong, None))
        if key is None or key not in known:
            break
        at.append(key)
        document, kind = document[key], _stated(expected)
    return tuple(at), kind, document


def _part(kind: Any, name: str) -> Any:  # noqa: ANN401
    """Give the type of a field, or of the values of a sequence or mapping; None where there is none."""
    if not name:
        return next(iter(get_args(kind)[get_origin(kind) is dict :]), None)
    if not (isinstance(kind, type) and issubclass(kind, msgspec.Struct)):
        return None
    return next((f.type for f in msgspec.structs.fields(kind) if f.encode_name == name), None)


def _stated(kind: Any) -> Any:  # noqa: ANN401
    """Give a type without the None that it may also be."""
    if get_origin(kind) not in (Union, UnionType):
        return kind
    return next(one for one in get_args(kind) if one is not NoneType)


def _fits(value: Any, kind: Any) -> bool:  # noqa: ANN401
    try:
        msgspec.convert(value, kind, strict=False)
    except msgspec.ValidationError:
        return False
    return True
