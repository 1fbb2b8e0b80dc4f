# SPDX-License-Identifier: Apache-2.0
"""Strict YAML: every scalar is a string, equal keys are refused, each fault has its line.

YAML's own guesses are wrong for law: it reads the country NO as false, version 1.10 as 1.1, the
time 12:30 as 750, the key "on" as true, and keeps the last of two equal keys without a word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
import yaml

from debar.register import shape

if TYPE_CHECKING:
    from pathlib import Path

T = TypeVar("T")
LARGEST = 4 << 20
"""Bytes of the largest file; the register's own stay below 120,000."""
DEPTH = 50
"""Deepest nesting of a file; the register's own files nest below 10."""
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class YamlError(Exception):
    """A fault with the line it stands on."""

    def __init__(self, line: int, message: str) -> None:
        """Take the line, counted from 1, and what is wrong there."""
        super().__init__(message)
        self.line = line
        self.message = message


class Lines:
    """Where the places of a document stand."""

    def __init__(self, root: yaml.Node) -> None:
        """Take the tree of the document."""
        self._root = root

    def line(self, at: shape.Where) -> int:
        """Give the line of a place, or of the nearest one around it that is there."""
        return _line(self._root, at)


def read(file: Path, kind: type[T]) -> T:
    """Give the struct that a file holds; YamlError for anything that is not exactly that, OSError for no file."""
    return parse(_text(file), kind)


def read_with_lines(file: Path, kind: type[T]) -> tuple[T, Lines]:
    """Give the same, and where its parts stand."""
    root = _root(_text(file))
    return _struct(root, kind), Lines(root)


def lines(file: Path) -> Lines:
    """Give where the places of a file stand, whatever it holds; raises what `read` raises."""
    return Lines(_root(_text(file)))


def parse(text: str, kind: type[T]) -> T:
    """Give the struct that a text holds; YamlError for anything that is not exactly that."""
    return _struct(_root(text), kind)


def _struct(root: yaml.Node, kind: type[T]) -> T:
    data = _plain(root)
    try:
        return msgspec.convert(data, kind, strict=False)
    except msgspec.ValidationError as e:
        at, message = shape.fault(str(e), kind, data)
        raise YamlError(_line(root, at), message) from e


def _text(file: Path) -> str:
    if file.exists() and not file.is_file():
        raise YamlError(1, "no regular file")
    with file.open("rb") as opened:
        found = opened.read(LARGEST + 1)
    if len(found) > LARGEST:
        raise YamlError(1, f"larger than {LARGEST >> 20} MiB")
    try:
        return found.decode("utf-8")
    except UnicodeDecodeError as e:
        raise YamlError(found.count(b"\n", 0, e.start) + 1, f"not UTF-8: {e.reason}") from e


def _root(text: str) -> yaml.Node:
    """Give the tree of a text; YamlError for what is no YAML, or more than is read here."""
    try:
        _bound(text)
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as e:
        mark = e.problem_mark
        raise YamlError(mark.line + 1 if mark else 1, f"not YAML: {e.problem}") from e
    except yaml.YAMLError as e:  # a character that YAML does not allow
        before = getattr(e, "position", 0)
        raise YamlError(text.encode().count(b"\n", 0, before) + 1, f"not YAML: {getattr(e, 'reason', e)}") from e
    if root is None:
        raise YamlError(1, "the file is empty")
    return root


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


def _line(root: yaml.Node, at: shape.Where) -> int:
    """Give the line on which a place begins: that of its key, where it has one."""
    node, line = root, root.start_mark.line
    for step in at:
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line
        elif isinstance(node, yaml.MappingNode):
            found = next(((k, v) for k, v in node.value if k.value == step), None)
            if found is None:
                break
            line, node = found[0].start_mark.line, found[1]
        else:
            break
    return int(line) + 1
