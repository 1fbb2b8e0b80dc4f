# SPDX-License-Identifier: Apache-2.0
"""The document of the API (OpenAPI 3.1), made of the operations as they are declared: it cannot say anything else than they do.

python -m debar.web.api.document          writes it to standard output
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import msgspec

from debar.model.exchanged import Problem
from debar.release import VERSION
from debar.web.api import OPERATIONS, PARTS
from debar.web.api.schemas import said_of, text_of, vocabulary
from debar.web.api.texts import ABOUT, EXAMPLES, NAMES, OF_DAYS, OF_PAGES, PERMISSIONS, PROBLEMS, TAGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.web.api.declared import Operation
    from debar.web.api.schemas import Vocabulary

_PROBLEM = {"$ref": "#/components/schemas/Problem"}


def document() -> dict[str, Any]:
    """Give the document."""
    words = vocabulary(list(_kinds()))
    paths: dict[str, dict[str, Any]] = {}
    for one in OPERATIONS:
        paths.setdefault(one.path.replace(":path}", "}"), {})[one.method.lower()] = _operation(one, words)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "debar",
            "version": VERSION,
            "summary": "What a ban on a technology supplier demands of you, where you have its technology, and what to do by when.",
            "description": ABOUT,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/", "description": "Where this document was read."}],
        "tags": [{"name": tag, "description": TAGS[tag]} for tag in dict.fromkeys(tag for _, tag, _ in PARTS)],
        "security": [{"api_key": []}, {"bearer": []}, {"session": []}],
        "paths": paths,
        "components": {
            "schemas": words.schemas,
            "responses": {name: _problem(text) for name, text in PROBLEMS.values()},
            "securitySchemes": _schemes(),
        },
    }


def written() -> str:
    """Give the document as it is kept."""
    return json.dumps(document(), indent=1, ensure_ascii=False) + "\n"


def _kinds() -> Iterator[Any]:
    """Yield every type of which something is sent or given."""
    yield Problem
    for one in OPERATIONS:
        yield from (kind for kind in (one.gives, one.sent) if kind not in (None, bytes))
        if one.asked is not None:
            yield from (field.type for field in msgspec.structs.fields(one.asked))


def _operation(one: Operation, words: Vocabulary) -> dict[str, Any]:
    text = (one.function.__doc__ or "").strip()
    needs = PERMISSIONS[one.permission]
    made: dict[str, Any] = {
        "operationId": one.id,
        "summary": text.partition("\n")[0].rstrip("."),
        "description": "\n\n".join([*(" ".join(part.split()) for part in text.split("\n\n")), needs]),
        "tags": [one.tag],
        "x-permission": one.permission,
    }
    if parameters := list(_parameters(one, words)):
        made["parameters"] = parameters
    if body := _body(one, words):
        made["requestBody"] = body
    return made | {"responses": _responses(one, words)}


def _parameters(one: Operation, words: Vocabulary) -> Iterator[dict[str, Any]]:
    for name in one.names:
        about = {"name": name, "in": "path", "required": True, "description": NAMES[name]}
        yield about | {"schema": {"type": "string", "minLength": 1}}
    if one.asked is not None:
        yield from _asked(one.asked, words)
    if one.sorts:
        orders = [order for name in one.sorts for order in dict.fromkeys((name, f"-{name.removeprefix('-')}"))]
        text = 'The order; "-" before its name turns it round.'
        schema = {"type": "string", "enum": list(dict.fromkeys(orders)), "default": one.sorts[0]}
        yield {"name": "sort", "in": "query", "description": text, "schema": schema}
    if one.is_list:
        yield from OF_PAGES
    if one.has_days:
        yield from OF_DAYS
    yield from _headers(one)


def _asked(kind: type[msgspec.Struct], words: Vocabulary) -> Iterator[dict[str, Any]]:
    for field in msgspec.structs.fields(kind):
        schema = dict(words.of[field.type])
        if field.type is int:
            schema |= {"minimum": 0, "maximum": 999_999_999}
        if not field.required and field.default not in ("", (), None, msgspec.NODEFAULT):
            schema["default"] = field.default
        about = {"name": field.encode_name, "in": "query", "description": said_of(kind, field.name)}
        yield about | ({"required": True} if field.required else {}) | {"schema": schema}


def _headers(one: Operation) -> Iterator[dict[str, Any]]:
    text = {"type": "string"}
    if one.method == "GET" and not one.raw.gives:
        yield {
            "name": "If-None-Match",
            "in": "header",
            "description": "The ETag of an earlier answer: 304 while it is the same.",
            "schema": text,
        }
    if one.current:
        yield {
            "name": "If-Match",
            "in": "header",
            "description": "The ETag of what is to be changed, as it was read: 412 where it is another by now.",
            "schema": text,
        }
    if one.method == "POST" and not one.raw.takes:
        yield {
            "name": "Idempotency-Key",
            "in": "header",
            "description": "A random text: the same request with it is answered alike for a day, and done once.",
            "schema": {"type": "string", "minLength": 1, "maxLength": 100},
        }


def _body(one: Operation, words: Vocabulary) -> dict[str, Any] | None:
    if one.raw.takes == "multipart/form-data":
        file = {"type": "string", "format": "binary", "description": "A file, with its name."}
        schema = {"type": "object", "required": ["file"], "properties": {"file": {"type": "array", "items": file}}}
        schema["description"] = "Files, each a part of its own."
        return {"required": True, "content": {one.raw.takes: {"schema": schema}}}
    if one.raw.takes:
        return {"required": True, "content": {one.raw.takes: {"schema": {"type": "string", "format": "binary"}}}}
    if one.sent is None:
        return None
    content: dict[str, Any] = {"schema": words.of[one.sent]}
    if one.id in EXAMPLES:
        content["example"] = EXAMPLES[one.id]
    return {"required": True, "description": text_of(one.sent), "content": {"application/json": content}}


def _responses(one: Operation, words: Vocabulary) -> dict[str, Any]:
    made: dict[str, Any] = {str(one.status): _answer(one, words)}
    if one.method == "GET" and not one.raw.gives:
        made["304"] = {"description": "It is what If-None-Match names."}
    wrong = ["401", "403", "422", "429", "503"]
    wrong += ["404"] if one.names else []
    wrong += ["409"] if one.method != "GET" else []
    wrong += ["412"] if one.current else []
    wrong += ["413", "415"] if one.sent is not None or one.raw.takes else []
    made |= {status: {"$ref": f"#/components/responses/{PROBLEMS[status][0]}"} for status in sorted(wrong)}
    return made | {"default": {"$ref": f"#/components/responses/{PROBLEMS['default'][0]}"}}


def _answer(one: Operation, words: Vocabulary) -> dict[str, Any]:
    if one.gives is None:
        return {"description": "It is done."}
    made: dict[str, Any] = {"description": _gives(one)}
    if headers := dict(_given(one)):
        made["headers"] = headers
    if one.raw.gives:
        binary = {"type": "string"} | ({} if one.raw.gives.startswith("text/") else {"format": "binary"})
        return made | {"content": {one.raw.gives: {"schema": binary}}}
    content: dict[str, Any] = {"application/json": {"schema": words.of[one.gives]}}
    if one.sheet:
        content["text/csv"] = {"schema": {"type": "string"}}
    return made | {"content": content}


def _gives(one: Operation) -> str:
    if one.raw.gives:
        return "The file." if one.raw.gives != "text/event-stream" else "Events, each with a job as its data."
    if one.status == 202:
        return "The job that was begun."
    return text_of(getattr(one.gives, "__origin__", one.gives)) or "The answer."


def _given(one: Operation) -> Iterator[tuple[str, dict[str, Any]]]:
    text = {"type": "string"}
    if one.status in (201, 202):
        yield "Location", {"description": "Where it is from now on.", "schema": text}
    if one.method in ("GET", "PUT", "PATCH") and not one.raw.gives:
        yield "ETag", {"description": "Name of exactly this content.", "schema": text}


def _problem(text: str) -> dict[str, Any]:
    return {"description": text, "content": {"application/problem+json": {"schema": _PROBLEM}}}


def _schemes() -> dict[str, Any]:
    return {
        "api_key": {
            "type": "apiKey",
            "in": "header",
            "name": "X-Api-Key",
            "description": "A key of an organisation; its admins make one in Settings, and it is shown once.",
        },
        "bearer": {"type": "http", "scheme": "bearer", "description": "The same key as a bearer token."},
        "session": {
            "type": "apiKey",
            "in": "cookie",
            "name": "__Host-debar-session",
            "description": "Of somebody who is signed in; changes bring X-CSRF-Token along.",
        },
    }


if __name__ == "__main__":
    sys.stdout.write(written())
