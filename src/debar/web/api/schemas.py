# SPDX-License-Identifier: Apache-2.0
"""JSON Schemas (2020-12) of the structs that are sent and given, with what their fields mean.

A field is described by the line under it in the source; what has none is called so often, or says so plainly, that a sentence
beside its name is enough (`WORDS`). The names of schemas are those of the structs.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, get_args, get_origin

import msgspec

from debar.web.api.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_AT = "#/components/schemas/{name}"
_PARTS = re.compile(r"[^A-Za-z0-9]+")


class Vocabulary(NamedTuple):
    """What some types are called in a document, and what that means."""

    schemas: dict[str, dict[str, Any]]
    """By name."""
    of: dict[Any, dict[str, Any]]
    """By type: the schema that stands where something is of it."""


def vocabulary(kinds: Sequence[Any]) -> Vocabulary:
    """Give the schemas of some types, and of all structs and enums that they are made of."""
    named = _named(kinds)
    every = [*named, *kinds]
    references, found = msgspec.json.schema_components(every, ref_template=_AT)
    names = {
        reference["$ref"].rpartition("/")[2]: named[kind] for kind, reference in zip(named, references, strict=False)
    }
    own = {name: kind for kind, name in named.items()}
    made = {names[name]: _described(own[names[name]], schema) for name, schema in found.items()}
    return Vocabulary(
        {name: _renamed(schema, names) for name, schema in sorted(made.items())},
        {kind: _renamed(reference, names) for kind, reference in zip(every, references, strict=True)},
    )


def text_of(kind: Any) -> str:  # noqa: ANN401 - any type
    """Give the first line of what a struct or enum says of itself."""
    return (inspect.getdoc(kind) or "").partition("\n")[0]


@lru_cache(maxsize=1024)
def fields(kind: type) -> dict[str, str]:
    """Give what stands under the fields of a struct, or the values of an enum, in the source; of what it inherits as well."""
    found: dict[str, str] = {}
    for one in reversed(kind.__mro__):
        if one.__module__.startswith("debar."):
            found |= _texts(one)
    return found


def said_of(kind: type, name: str) -> str:
    """Give what a field means; empty where nobody says."""
    return fields(kind).get(name) or WORDS.get(f"{kind.__name__}.{name}") or WORDS.get(name, "")


def _texts(kind: type) -> dict[str, str]:
    tree = _classes(kind.__module__).get(kind.__name__)
    found: dict[str, str] = {}
    name = ""
    for node in tree.body if tree else ():
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            name = node.target.id
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
        elif (
            name
            and isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Constant)
            and isinstance(node.value.value, str)
        ):
            found[name] = " ".join(node.value.value.split())
            name = ""
        else:
            name = ""
    return found


@lru_cache(maxsize=256)
def _classes(module: str) -> dict[str, ast.ClassDef]:
    try:
        tree = ast.parse(inspect.getsource(sys.modules[module]))
    except (OSError, KeyError):  # a package without its sources: the document is poorer, and nothing else
        return {}
    return {node.name: node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}


def _named(kinds: Iterable[Any]) -> dict[Any, str]:
    """Give a name to each struct and enum; of two that are called the same, the later is called by its module too."""
    found: dict[Any, str] = {}
    taken: set[str] = set()
    for kind in _made_of(kinds):
        name = _name(kind)
        if name in taken:
            module = (get_origin(kind) or kind).__module__.rpartition(".")[2]
            name = f"{''.join(part.title() for part in _PARTS.split(module))}{name}"
        taken.add(name)
        found[kind] = name
    return found


def _name(kind: Any) -> str:  # noqa: ANN401 - a struct, an enum, or a struct of something
    if origin := get_origin(kind):
        return f"{origin.__name__}Of{''.join(_name(one) for one in get_args(kind))}"
    return str(kind.__name__)


def _made_of(kinds: Iterable[Any]) -> Iterator[Any]:
    """Yield every struct and enum that some types are made of, each once."""
    seen: set[Any] = set()
    waiting = list(kinds)
    while waiting:
        kind = waiting.pop(0)
        if isinstance(kind, type) and issubclass(kind, Enum):
            if kind not in seen:
                seen.add(kind)
                yield kind
            continue
        origin = get_origin(kind)
        is_struct = isinstance(origin or kind, type) and issubclass(origin or kind, msgspec.Struct)
        if is_struct and kind not in seen:
            seen.add(kind)
            yield kind
            waiting += [field.type for field in msgspec.structs.fields(kind)]
        elif not is_struct:
            waiting += get_args(kind)


def _described(kind: Any, schema_: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - a struct or an enum
    """Give a schema with what the struct, its fields or the values of the enum mean."""
    plain = get_origin(kind) or kind
    made = {"title": _name(kind), **schema_, "description": text_of(plain)}
    made["title"] = _name(kind)
    if issubclass(plain, Enum):
        said = fields(plain)
        values = [f"`{one.value}`: {said[one.name]}" for one in plain if one.name in said]
        return made | ({"description": "\n".join([text_of(plain), "", *values])} if values else {})
    by_name = {field.encode_name: field.name for field in msgspec.structs.fields(kind)}
    inner = {
        name: _with_text(one, said_of(plain, by_name.get(name, name)))
        for name, one in schema_.get("properties", {}).items()
    }
    return made | ({"properties": inner} if inner else {})


def _with_text(schema_: dict[str, Any], text: str) -> dict[str, Any]:
    return {**schema_, "description": text} if text else schema_


def _renamed(value: Any, names: dict[str, str]) -> Any:  # noqa: ANN401 - any JSON
    """Give a schema whose references lead to other names."""
    if isinstance(value, dict):
        made = {key: _renamed(one, names) for key, one in value.items()}
        if isinstance(reference := value.get("$ref"), str):
            before, _, name = reference.rpartition("/")
            made["$ref"] = f"{before}/{names.get(name, name)}"
        return made
    return [_renamed(one, names) for one in value] if isinstance(value, list) else value
