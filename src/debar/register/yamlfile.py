# SPDX-License-Identifier: Apache-2.0
"""Strict YAML: every scalar is a string, equal keys are refused, each fault has its line.

YAML's own guesses are wrong for law: it reads the country NO as false, version 1.10 as 1.1, the
time 12:30 as 750, the key "on" as true, and keeps the last of two equal keys without a word.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
import yaml

if TYPE_CHECKING:
    from pathlib import Path

T = TypeVar("T")
DEPTH = 50
"""Deepest nesting of a file; the register's own files nest below 10."""
_STEP = re.compile(r"\.([A-Za-z_][\w-]*)|\[(\d+)\]|\[\.\.\.\]")
_AT = re.compile(r" - at `(?:key in )?(\$[^`]*)`")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class YamlError(Exception):
    """A fault with the line it stands on."""

    def __init__(self, line: int, message: str) -> None:
        """Take the line, counted from 1, and what is wrong there."""
        super().__init__(message)
        self.line = line
        self.message = message


def read(file: Path, kind: type[T]) -> T:
    """Give the struct that a file holds; YamlError for anything that is not exactly that."""
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as e:
        raise YamlError(1, f"not UTF-8: {e.reason}") from e
    return parse(text, kind)


def parse(text: str, kind: type[T]) -> T:
    """Give the struct that a text holds; YamlError for anything that is not exactly that."""
    try:
        _bound(text)
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as e:
        mark = e.problem_mark
        raise YamlError(mark.line + 1 if mark else 1, f"not YAML: {e.problem}") from e
    except yaml.YAMLError as e:
        raise YamlError(1, f"not YAML: {e}") from e
    if root is None:
        raise YamlError(1, "the file is empty")
    data = _plain(root)
    try:
        return msgspec.convert(data, kind, strict=False)
    except msgspec.ValidationError as e:
        raise YamlError(_line(root, str(e)), _AT.sub(r" - at \1", str(e))) from e


def _bound(text: str) -> None:
    """Refuse what nests without end before a tree is made of it: the C library has no bound of its own."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if getattr(event, "anchor", None):
            raise YamlError(_line_of(event), "anchors and aliases are not allowed; write the value out")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEPTH:
            raise YamlError(_line_of(event), f"nested deeper than {DEPTH}")


def _line_of(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _plain(node: yaml.Node) -> Any:  # noqa: ANN401 - a document may hold anything
    """Give a node as strings, lists and dicts."""
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child) for child in node.value]
    found: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise YamlError(line, "a key must be a plain word")
        if key.value in found:
            raise YamlError(key.start_mark.line + 1, f"key {key.value!r} stands twice")
        found[key.value] = _plain(value)
    return found


def _line(root: yaml.Node, message: str) -> int:
    """Give the line of the place that a validation message names."""
    node = root
    where = _AT.search(message)
    for key, index in _STEP.findall(where.group(1)) if where else ():
        if isinstance(node, yaml.SequenceNode) and index and int(index) < len(node.value):
            node = node.value[int(index)]
        elif isinstance(node, yaml.MappingNode) and key:
            node = next((v for k, v in node.value if k.value == key), node)
    unknown = re.search(r"unknown field `([^`]+)`", message)
    if unknown and isinstance(node, yaml.MappingNode):
        node = next((k for k, _ in node.value if k.value == unknown.group(1)), node)
    return int(node.start_mark.line) + 1
