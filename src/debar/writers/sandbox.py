# SPDX-License-Identifier: Apache-2.0
"""Jinja in a sandbox that ends: templates come from others, and a loop without end is a report that never comes.

A template sees nouns that cannot be changed and nothing of the program. It stands alone, gives the same text for the
same report, has so many seconds and so much memory, and computes no numbers or texts out of all proportion.
"""

from __future__ import annotations

import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from jinja2 import Template, nodes
    from jinja2.sandbox import SandboxedEnvironment

SECONDS = 60.0
"""That filling a template in may take."""
MEMORY = 2 << 30
"""Bytes that it may take beside what is there; where the system knows no such limit there is none."""
WRITTEN = 1 << 28
"""Characters that it may write."""
BITS, LENGTH = 1 << 14, 1 << 24
"""Of a product or power of numbers, and of a repeated text or list."""


class Faulty(Exception):  # noqa: N818 - it says what the template is
    """A template is wrong, or does what none may do."""

    def __init__(self, message: str, line: int = 0) -> None:
        """Take what is wrong, and the line of the template if it is known."""
        super().__init__(message)
        self.message = message
        self.line = line


def compiled(text: str, name: str, filters: Mapping[str, Any], *, is_escaped: bool) -> Template:
    """Give a template that can be filled in; Faulty with the line when it is none, or names other files."""
    from jinja2 import Template, TemplateError, TemplateSyntaxError, nodes

    environment = _environment(is_escaped=is_escaped)
    environment.filters.update(filters)
    try:
        tree = environment.parse(text, name)
        for node in tree.find_all((nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)):
            raise Faulty("a template stands alone: it loads no other file", node.lineno)
        _count_loops(tree)
        return Template.from_code(environment, environment.compile(tree, name, name), environment.make_globals(None))
    except TemplateSyntaxError as e:
        raise Faulty(e.message or "no template", e.lineno) from e
    except (TemplateError, RecursionError, SyntaxError, MemoryError) as e:
        raise Faulty(str(e) or type(e).__name__) from e


def _count_loops(tree: nodes.Template) -> None:
    """Let every loop ask for the time at each element."""
    from jinja2 import nodes

    for loop in tree.find_all(nodes.For):
        if loop.recursive:
            raise Faulty("a loop that calls itself could go on without end", loop.lineno)
        loop.iter = nodes.Filter(loop.iter, "timed", [], [], None, None, lineno=loop.lineno)
        loop.iter.set_environment(tree.environment)  # type: ignore[arg-type]


def _environment(*, is_escaped: bool) -> SandboxedEnvironment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    ends = time.monotonic() + SECONDS

    def check() -> None:
        if time.monotonic() > ends:
            raise Faulty(f"took more than {SECONDS:g} seconds; is there a loop without end?")

    def timed(values: Iterable[Any]) -> Iterator[Any]:
        for value in values:
            check()
            yield value

    class Limited(ImmutableSandboxedEnvironment):
        """A sandbox that looks at the clock at each call, and at the size of what is computed."""

        intercepted_binops = frozenset({"*", "**"})

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401 - any values
            _expect_small(operator, left, right)
            return super().call_binop(context, operator, left, right)

        def call(__self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805, ANN401, PYI063 - as Jinja names them
            check()
            return super().call(__context, __obj, *args, **kwargs)

    environment = Limited(
        autoescape=is_escaped,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["timed"] = timed
    # What is different each time has no place in a report.
    del environment.filters["random"], environment.globals["lipsum"]
    environment.policies["json.dumps_function"] = _json
    return environment


def _json(value: object, **_options: object) -> str:
    return msgspec.json.encode(value, order="deterministic").decode("utf-8")


def _expect_small(operator: str, left: object, right: object) -> None:
    """Raise Faulty for a product or power that would fill the memory, or take until tomorrow."""
    for one, other in ((left, right), (right, left)):
        if isinstance(one, int) and hasattr(other, "__len__") and one * len(other) > LENGTH:
            raise Faulty(f"repeats a text or list to more than {LENGTH:,} elements")
    if isinstance(left, int) and isinstance(right, int):
        bits = left.bit_length() * max(abs(right), 1) if operator == "**" else left.bit_length() + right.bit_length()
        if bits > BITS:
            raise Faulty("computes a number of thousands of digits")


def limited(parts: Iterator[str], name: str) -> Iterator[str]:
    """Yield what a template writes; Faulty, with the line, for what goes wrong in it or beyond its limits."""
    from jinja2 import TemplateError

    size = 0
    try:
        with _bounded():
            for text in parts:
                size += len(text)
                _expect_short(size)
                yield text
    except Faulty as e:
        raise Faulty(e.message, e.line or _line(e, name)) from e
    except MemoryError as e:
        raise Faulty(f"takes more than {MEMORY >> 30} GiB of memory", _line(e, name)) from e
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError, RecursionError) as e:
        raise Faulty(str(e) or type(e).__name__, _line(e, name)) from e


def _expect_short(size: int) -> None:
    if size > WRITTEN:
        raise Faulty(f"writes more than {WRITTEN:,} characters; is there a loop without end?")


def _line(error: BaseException, name: str) -> int:
    """Give the line of the template that an error came from, or 0."""
    line, trace = 0, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == name:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


@contextmanager
def _bounded() -> Iterator[None]:
    """Bound the memory of the process while a template is filled in, where the system can."""
    restore: Callable[[], None] | None = None
    with suppress(ImportError, OSError, ValueError):
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        now = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        if soft == resource.RLIM_INFINITY or soft > now + MEMORY:
            resource.setrlimit(resource.RLIMIT_AS, (now + MEMORY, hard))
            restore = lambda: resource.setrlimit(resource.RLIMIT_AS, (soft, hard))  # noqa: E731
    try:
        yield
    finally:
        if restore:
            restore()
