# SPDX-License-Identifier: Apache-2.0
"""Entries of Portage's database (Gentoo and its kin): the build environment of a package, or its name alone (PF)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.errors import SourceError
from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind
from debar.readers import components
from debar.readers.databases.installations import FIELD, Shelf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input

# bash prints "declare -x NAME="value"", or $'value' where there are control characters
_VARIABLE = re.compile(r"declare -[-a-zA-Z]+ (PF|HOMEPAGE|DESCRIPTION|SRC_URI)=(.*)")
# name, version and revision, as the Package Manager Specification has them in 3.1.2 and 3.2
_PACKAGE = re.compile(r"([\w+][\w+-]*?)-(\d+(?:\.\d+)*[a-z]?(?:_(?:alpha|beta|pre|rc|p)\d*)*(?:-r\d+)?)")
_MOST_ADDRESSES = 64
"""Addresses of one variable that are looked at; a package with mirrors of many parts names a few hundred of one host."""


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation: the installed package; SourceError when it is not named."""
    variables = _variables(source)
    found = _PACKAGE.fullmatch(variables.get("PF", ""))
    if not found:
        raise SourceError("no name and version of a package (PF)")
    source.tally["packages"] += 1
    observables = [Observable(Kind.PACKAGE, found[1])]
    for name in ("HOMEPAGE", "SRC_URI"):
        for address in variables.get(name, "").split()[:_MOST_ADDRESSES]:
            observables += components.reference(address)
    observables += components.prose(variables.get("DESCRIPTION", ""))
    yield Shelf(source).installed("line 1", found[1], found[2], observables)


def _variables(source: Input) -> dict[str, str]:
    """Give the variables that are read; a file without any is the name alone."""
    variables, current = dict[str, str](), ""
    for number, line in source.lines():
        text = line[:FIELD]
        found = _VARIABLE.match(text)
        if found:
            current, text = found[1], found[2].removeprefix("$")
            variables[current] = ""
        elif number == 1 and _PACKAGE.fullmatch(text.strip()):
            variables["PF"] = text.strip()
        if current and len(variables[current]) < FIELD:
            variables[current] = f"{variables[current]} {text.strip()}".strip().strip("\"'")
            # a value goes on over lines until its quotation mark closes
            current = "" if text.rstrip().endswith(('"', "'")) else current
    return variables
