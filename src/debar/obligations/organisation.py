# SPDX-License-Identifier: Apache-2.0
"""Who asks: from the short form "us/reseller+integrator", or from a YAML file with facts."""

from __future__ import annotations

import re
from pathlib import Path

from debar.errors import UsageError, did_you_mean
from debar.model.measures import Organisation
from debar.model.vocab import AddresseeKind

DEFAULT = "us/company"
_SHORT = re.compile(r"([a-z]{2}(?:\+[a-z]{2})*)/([a-z-]+(?:\+[a-z-]+)*)")
_OFFERED = [kind.value for kind in AddresseeKind if kind not in (AddresseeKind.ANYONE, AddresseeKind.DOMESTIC_PERSON)]
_HINT = f"write JURISDICTION/KIND[+KIND], such as us/company; kinds: {', '.join(_OFFERED)}"


def organisation(text: str) -> Organisation:
    """Give the organisation that a word or a file describes; UsageError says what is wrong with it."""
    if text.endswith((".yaml", ".yml")):
        return _from_file(Path(text))
    short = _SHORT.fullmatch(text)
    if not short:
        raise UsageError(f"{text!r} does not describe an organisation", hint=f"{_HINT}, or name a YAML file")
    return Organisation(
        name=text,
        jurisdictions=tuple(short.group(1).split("+")),
        kinds=tuple(_kind(word) for word in short.group(2).split("+")),
    )


def _kind(word: str) -> AddresseeKind:
    if word not in _OFFERED:
        raise UsageError(f"no kind of organisation is called {word!r}{did_you_mean(word, _OFFERED)}", hint=_HINT)
    return AddresseeKind(word)


def _from_file(file: Path) -> Organisation:
    from debar.register import yamlfile  # YAML is loaded only for organisations that have a file

    try:
        return yamlfile.read(file, Organisation)
    except OSError as e:
        raise UsageError(f"{file}: {e.strerror}", hint=_HINT) from e
    except yamlfile.YamlError as e:
        hint = "an organisation has name, jurisdictions, kinds and facts; see docs/reference/organisation.md"
        raise UsageError(f"{file}:{e.line}: {e.message}", hint=hint) from e
