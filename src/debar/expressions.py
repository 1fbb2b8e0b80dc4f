# SPDX-License-Identifier: Apache-2.0
"""What Python's own parser of regular expressions makes of one: the nodes that an expression is taken apart into."""

from __future__ import annotations

import importlib
from typing import Any, Final

nodes: Final[Any] = importlib.import_module("re._constants")
"""The names of the nodes; they belong to the parser and have no types of their own."""
_PARSER: Final[Any] = importlib.import_module("re._parser")
REPEATS: Final[tuple[Any, ...]] = (nodes.MAX_REPEAT, nodes.MIN_REPEAT, nodes.POSSESSIVE_REPEAT)
"""Nodes that repeat what stands in them; their argument is the least and the greatest number and what is repeated."""


def tree(expression: str) -> Any:  # noqa: ANN401 - a tree of the parser's own
    """Give the tree of an expression; `re.error` where it is none."""
    return _PARSER.parse(expression)
