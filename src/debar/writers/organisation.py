# SPDX-License-Identifier: Apache-2.0
"""The file of an organisation, with remarks that say why each fact stands there, or what is still to be answered."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import msgspec

from debar.errors import DebarError
from debar.model.measures import Organisation
from debar.register import yamlfile
from debar.register.dump import dump
from debar.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from debar.model.results import OpenQuestion
    from debar.model.vocab import AddresseeKind

_WIDTH = 108
_HEAD = """\
# Who asks: debar scan --as with the name of this file.
# Whoever can answer for these facts should sign them off; debar believes what stands here.
"""
_OPEN = """\
# Not answered yet; what depends on it stays undetermined. To answer, write FACT: ANSWER below the key facts (of
# the organisation, or of a contract or system to which another answer applies), and take the remark away.
"""


def text(
    organisation: Organisation,
    asked: Mapping[str, OpenQuestion],
    still_open: Sequence[OpenQuestion],
    kinds: Mapping[AddresseeKind, str],
) -> str:
    """Give the text of the file: what is known with its reasons, and what is not as remarks.

    `asked` are the questions behind known facts, `kinds` says in words what the organisation is.
    """
    remarks = {fact: question for fact, question in asked.items() if fact not in {one.fact for one in still_open}}
    lines = [_HEAD, *_kinds(organisation, kinds)]
    for line in dump(organisation).splitlines():
        lines += _reasons(line, remarks, organisation)
        lines.append(f"{line}\n")
    lines += _unanswered(still_open)
    found = "".join(lines)
    if yamlfile.parse(found, Organisation) != organisation:
        raise DebarError("the file would not say what was answered", hint="please report it")
    return found


def _kinds(organisation: Organisation, kinds: Mapping[AddresseeKind, str]) -> Iterator[str]:
    yield "#\n"
    for kind in organisation.kinds:
        yield from _remark(f"{kind}: {kinds.get(kind, '')}")
    yield "\n"


def _reasons(line: str, remarks: Mapping[str, OpenQuestion], organisation: Organisation) -> Iterator[str]:
    """Yield the remarks above the line of a fact; each is told once, where the fact first stands."""
    indent = line[: len(line) - len(line.lstrip(" -"))]
    fact = line.strip(" -").partition(":")[0]
    if fact not in remarks or not indent or _is_field(fact, organisation):
        return
    question = remarks[fact]
    yield from _remark(f"{question.question} {question.why[:1].upper()}{question.why[1:]}.", indent.replace("-", " "))


def _is_field(word: str, organisation: Organisation) -> bool:
    return word in {field.encode_name for field in msgspec.structs.fields(organisation)}


def _unanswered(still_open: Sequence[OpenQuestion]) -> Iterator[str]:
    if still_open:
        yield f"\n{_OPEN}"
    for question in still_open:
        yield "#\n"
        yield from _remark(question.question)
        yield from _remark(f"{question.why[:1].upper()}{question.why[1:]}.")
        for outcome in question.outcomes:
            yield from _remark(f"{outcome.answer} - {outcome.says}", hang="    ")
        if parts := [
            *(f"contract {id_}" for id_ in question.contracts),
            *(f"system {id_}" for id_ in question.systems),
        ]:
            yield from _remark(f"no answer yet for {', '.join(parts)}")
        yield from _remark(f"  {question.fact}: {' | '.join(question.answers) or f'a {question.form}'}")


def _remark(said: str, indent: str = "", hang: str = "") -> Iterator[str]:
    lead = f"{indent}# "
    plain = printable(said)
    first = plain[: len(plain) - len(plain.lstrip())]
    lines = textwrap.wrap(
        plain, _WIDTH - len(lead), initial_indent=first, subsequent_indent=hang, break_on_hyphens=False
    )
    yield from (f"{lead}{line}\n" for line in lines)
