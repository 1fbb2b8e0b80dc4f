# SPDX-License-Identifier: Apache-2.0
"""Operations of the API: each is a function over an estate, declared once, for whoever answers and for the document alike.

    @operations.get("/exposures", sorts=exposures.SORTS, sheet=...)
    def list_exposures(here: Reading, asked: exposures.Filters, page: Paging) -> Page[ExposureRow]: ...

What a function takes says what the operation takes: `here` who may, names of the path as text, `asked` the parameters of a
search, `page` which rows of a list, `sent` what stands in the body. What it gives is the answer. Its first line is its summary.
"""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, TypeVar, get_args, get_origin, get_type_hints

from fastapi import Depends, Request

from debar.web.api import answering
from debar.web.api.sent import whole_body
from debar.web.here import Needed, Signed
from debar.web.kept import kept

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import msgspec
    from fastapi import APIRouter

Row = TypeVar("Row")
Function = TypeVar("Function", bound="Callable[..., Any]")
_NAMES = re.compile(r"\{([a-z0-9_]+)(?::path)?\}")


class Paging(NamedTuple):
    """Which rows of a list."""

    sort: str
    page_token: str
    page_size: int

    @property
    def place(self) -> dict[str, Any]:
        """Give it for a list that has one order."""
        return {"page_token": self.page_token, "page_size": self.page_size}


class Made(NamedTuple):
    """What was made, and where it is from now on."""

    value: Any
    at: tuple[str, ...]
    """Parts of its address behind that of the organisation."""


class Begun(NamedTuple):
    """A job that was begun: the answer is what it comes to."""

    value: Any


class Sheet(NamedTuple):
    """A list as CSV."""

    rows: Callable[..., Iterable[msgspec.Struct]]
    """Gives every row; called as the list is, without a page."""
    of: type[msgspec.Struct]


class Raw(NamedTuple):
    """Bodies that are no JSON."""

    takes: str = ""
    """Media type of what is sent."""
    gives: str = ""
    """Media type of the answer."""


class Operation(NamedTuple):
    """What is known of an operation."""

    id: str
    method: str
    path: str
    """Below the address of the API."""
    tag: str
    function: Callable[..., Any]
    here: str
    """Name of the argument that says who asks; empty where everybody may."""
    permission: str
    """A permission in the organisation, or "signed-in", "operate" or "none"."""
    names: tuple[str, ...]
    """Of the path."""
    asked: Any = None
    """Type of the parameters of a search."""
    sent: Any = None
    """Type of the body."""
    gives: Any = None
    """Type of the answer; None for no content."""
    status: int = 200
    is_list: bool = False
    has_days: bool = False
    """It can be asked about another day, and with the knowledge of another."""
    sorts: Sequence[str] = ()
    sheet: Sheet | None = None
    raw: Raw = Raw()
    current: Callable[..., Any] | None = None
    """Gives what is there before a change, by which If-Match is checked."""
    is_lenient: bool = False
    """What is sent may hold more than is known: others have made the form."""
    is_kept: bool = False
    """The answer rests on databases alone, and is given again until one of them changes."""
    is_secret: bool = False
    """The answer holds what is shown once, and is not kept for whoever asks again."""

    @property
    def wants_request(self) -> bool:
        """Tell whether the function takes the request itself."""
        return "request" in inspect.signature(self.function).parameters


class Operations:
    """The operations of one part, on their way to a router."""

    def __init__(self, router: APIRouter, tag: str, base: str) -> None:
        """Take where they go, what they are about, and what their addresses begin with."""
        self.every: list[Operation] = []
        self._router, self._tag, self._base = router, tag, base

    def get(self, path: str, **about: Any) -> Callable[[Function], Function]:  # noqa: ANN401 - fields of Operation
        """Declare what reads."""
        return self._declared("GET", path, about)

    def post(self, path: str, **about: Any) -> Callable[[Function], Function]:  # noqa: ANN401
        """Declare what makes or does something."""
        return self._declared("POST", path, about)

    def put(self, path: str, **about: Any) -> Callable[[Function], Function]:  # noqa: ANN401
        """Declare what puts something in the place of what is there."""
        return self._declared("PUT", path, about)

    def patch(self, path: str, **about: Any) -> Callable[[Function], Function]:  # noqa: ANN401
        """Declare what changes a part of something."""
        return self._declared("PATCH", path, about)

    def delete(self, path: str, **about: Any) -> Callable[[Function], Function]:  # noqa: ANN401
        """Declare what takes something away."""
        return self._declared("DELETE", path, about)

    def _declared(self, method: str, path: str, about: dict[str, Any]) -> Callable[[Function], Function]:
        def declare(function: Function) -> Function:
            one = operation(function, method, self._base + path, self._tag, about)
            self.every.append(one)
            endpoint = function if inspect.iscoroutinefunction(function) else _endpoint(one)
            self._router.add_api_route(
                one.path, endpoint, methods=[method], operation_id=one.id, response_model=None, include_in_schema=False
            )
            return function

        return declare


def operation(function: Callable[..., Any], method: str, path: str, tag: str, about: dict[str, Any]) -> Operation:
    """Give what is known of an operation, from its function and from what was said of it."""
    hints = get_type_hints(function, include_extras=True)
    gives = hints.pop("return", None)
    here, permission = next(((name, said) for name, hint in hints.items() if (said := _permission(hint))), ("", "none"))
    found: dict[str, Any] = {
        "asked": hints.get("asked"),
        "sent": hints.get("sent"),
        "gives": None if gives is type(None) else gives,
        "is_list": "page" in hints,
        "has_days": method == "GET" and "{organisation}" in path and permission == "read",
        "status": {"POST": 201, "DELETE": 204}.get(method, 200),
    }
    if found["gives"] is None and not about.get("raw"):
        found["status"] = 204
    return Operation(
        id=function.__name__,
        method=method,
        path=path,
        tag=tag,
        function=function,
        here=here,
        permission=permission,
        names=tuple(_NAMES.findall(path)),
        **{**found, **about},
    )


def _permission(hint: Any) -> str:  # noqa: ANN401 - any annotation
    """Give what an argument that says who asks needs; empty for any other argument."""
    if get_origin(hint) is not Annotated:
        return ""
    needed = getattr(get_args(hint)[1], "dependency", None)
    if isinstance(needed, Needed):
        return needed.permission.value
    if isinstance(needed, Signed):
        return "operate" if needed.operates else "signed-in"
    return ""


def _endpoint(one: Operation) -> Callable[..., Any]:
    """Give what FastAPI calls: it reads what the operation takes, and answers with what the function gives."""

    def endpoint(**given: Any) -> Any:  # noqa: ANN401 - arguments of any operation
        return answering.answer(one, given.pop("request"), given)

    kind = inspect.Parameter.KEYWORD_ONLY
    hints = get_type_hints(one.function, include_extras=True)
    taken: dict[str, Any] = {"request": Request}
    taken |= {one.here: hints[one.here]} if one.here else {}
    taken |= {name: Annotated[str, Depends(_of_path(name))] for name in one.names if name != "organisation"}
    # Last, so that nobody sends much who may not ask at all.
    taken |= {"body": Annotated[bytes, Depends(whole_body)]} if one.sent is not None else {}
    parameters = [inspect.Parameter(name, kind, annotation=hint) for name, hint in taken.items()]
    endpoint.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # FastAPI reads it
    endpoint.__name__ = one.id
    return kept(endpoint) if one.is_kept else endpoint


def _of_path(name: str) -> Callable[[Request], str]:
    def part(request: Request) -> str:
        return str(request.path_params[name])

    return part
