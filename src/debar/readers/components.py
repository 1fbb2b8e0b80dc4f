# SPDX-License-Identifier: Apache-2.0
"""What a software component tells about its maker, whichever SBOM format it was declared in.

The supplier field of an SBOM is empty in practice, so every field that can betray a maker becomes
an observable: package URL, group, name, publisher, CPE, maintainer's domain, homepage, source.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

import msgspec

from debar import text
from debar.model.inventory import Observable
from debar.model.vocab import Kind

if TYPE_CHECKING:
    from debar.readers.inputs import Input

T = TypeVar("T", bound=msgspec.Struct)
_compiled = lru_cache(maxsize=8)(re.compile)
_ROLE = r"(?i)^(?:Organization|Person|Tool)\s*:\s*"
_ADDRESS = r"\s*[(<][^()<>]*@[^()<>]*[)>]\s*$"
_EMPTY = frozenset({"", "NOASSERTION", "NONE", "UNKNOWN", "unknown", "none"})
_LONGEST = 512
"""Characters of a maker's name that are looked at; the patterns above cost the square of it."""
_PARTS = frozenset(
    {"components", "nested components", "components below the subject", "models and data sets", "files"}
    | {"services", "nested services", "services below the subject"}
)
"""What is in a product, as it is counted; a subject, a relative and a signature are not in it."""
_FORGES = {"github.com": "github", "bitbucket.org": "bitbucket", "gitlab.com": "gitlab"}

# In Python 3.11 looking up a member of an enumeration costs as much as making an observable.
_MAINTAINER_DOMAIN, _PUBLISHER, _PURL, _REFERENCE_DOMAIN, _TEXT = (
    Kind.MAINTAINER_DOMAIN,
    Kind.PUBLISHER,
    Kind.PURL,
    Kind.REFERENCE_DOMAIN,
    Kind.TEXT,
)


def note_hollow(source: Input) -> None:
    """Note of an SBOM that was read to its end whether it names its subject and nothing that is in it."""
    source.is_hollow = _PARTS.isdisjoint(source.tally)


@lru_cache(maxsize=16)
def _decoder(kind: type[T]) -> msgspec.json.Decoder[T]:
    """Give the decoder of a struct; making one costs as much as decoding a component."""
    return msgspec.json.Decoder(kind)


def decoded(source: Input, raw: msgspec.Raw, kind: type[T], locator: str) -> T | None:
    """Decode one component; a field of a wrong type costs that field, not the component."""
    try:
        component: T = _decoder(kind).decode(raw)
    except msgspec.ValidationError:
        pass
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as e:
        source.lose(locator, str(e))
        return None
    else:
        return component
    try:
        loose = msgspec.json.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as e:
        source.lose(locator, str(e))
        return None
    if not isinstance(loose, dict):
        source.lose(locator, f"an object was expected, found {type(loose).__name__}")
        return None
    return _without_faults(source, loose, kind, locator)


def converted(source: Input, loose: dict[str, object], kind: type[T], locator: str) -> T:
    """Give one component that another format than JSON made an object of; nothing is copied, faults cost their field."""
    try:
        return msgspec.convert(loose, kind)
    except (msgspec.ValidationError, RecursionError):
        return msgspec.convert(_kept(source, loose, kind, locator), kind)


def _without_faults(source: Input, loose: dict[str, object], kind: type[T], locator: str) -> T:
    """Give what can be used of an object."""
    return msgspec.json.decode(msgspec.json.encode(_kept(source, loose, kind, locator)), type=kind)


def _kept(source: Input, loose: dict[str, object], kind: type[T], locator: str) -> dict[str, object]:
    """Give the fields of a right type; null means absent, anything else of a wrong type is a loss."""
    kept: dict[str, object] = {}
    lost: list[str] = []
    for key, value in loose.items():
        if value is None:
            continue
        try:
            msgspec.convert({key: value}, kind)
            kept[key] = value
        except (msgspec.ValidationError, RecursionError):
            lost.append(str(key))
    if lost:
        source.lose(locator, f"fields of a wrong type were left out: {', '.join(sorted(lost))}")
    return kept


def maker(value: str) -> list[Observable]:
    """Give the maker's name and e-mail domain of "Organization: Name (mail@domain.example)"."""
    value = value[:_LONGEST]
    if value in _EMPTY:
        return []
    if "@" not in value and ":" not in value:
        return [Observable(_PUBLISHER, value)]
    found = []
    name = _compiled(_ADDRESS).sub("", _compiled(_ROLE).sub("", value))
    if name and name not in _EMPTY:
        found.append(Observable(_PUBLISHER, name))
    if "@" in value and (domain := text.email_domain(value)):
        found.append(Observable(_MAINTAINER_DOMAIN, domain))
    return found


def contact(address: str) -> list[Observable]:
    """Give the domain of an e-mail address, whose other part is a person and no maker."""
    return [o for o in maker(address) if o.kind is _MAINTAINER_DOMAIN]


def reference(url: str) -> list[Observable]:
    """Give the domain of a homepage, source or download address, and the project on a forge."""
    if url in _EMPTY:
        return []
    domain = text.url_domain(url)
    if not domain and url.startswith("git@"):
        domain, url = text.domain(url[4:].partition(":")[0]), url.replace(":", "/", 1)
    if not domain:
        return []
    found = [Observable(_REFERENCE_DOMAIN, domain)]
    if (forge := _FORGES.get(domain.removeprefix("www."))) and (project := url.partition(".")[2].partition("/")[2]):
        parts = project.partition("#")[0].partition("?")[0].partition("@")[0].split("/", 2)
        if len(parts) >= 2 and parts[1]:
            found.append(Observable(_PURL, f"pkg:{forge}/{parts[0]}/{parts[1].removesuffix('.git')}"))
    return found


def coordinates(group: str, name: str) -> list[Observable]:
    """Give the package URL that a group and a name amount to, or the maker that the group names."""
    if group.startswith("@"):
        return [Observable(_PURL, f"pkg:npm/{group}/{name}")]
    if "." in group and "/" not in group:
        return [Observable(_PURL, f"pkg:maven/{group}/{name}")]
    if group.partition("/")[0] in _FORGES:
        return [Observable(_PURL, f"pkg:golang/{group}/{name}")]
    # Names of organisations have spaces, coordinates do not.
    return maker(group) if " " in group else []


def prose(*texts: str) -> list[Observable]:
    """Give free text; it can only ever yield a mention."""
    return [Observable(_TEXT, value) for value in texts if value not in _EMPTY]


def each_once(found: list[Observable]) -> tuple[Observable, ...]:
    """Give observables without repetitions, in order.

    Nearly always no value stands twice, and that is asked for a tenth of what comparing observables costs.
    """
    if len({one.value for one in found}) == len(found):
        return tuple(found)
    return tuple(dict.fromkeys(found))
