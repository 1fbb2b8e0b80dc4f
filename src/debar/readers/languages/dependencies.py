# SPDX-License-Identifier: Apache-2.0
"""Packages of programming languages: what lock files, manifests and installed metadata have in common.

Whatever the language, a package is a name, a version, a package URL, people, and addresses. The
registry that everybody uses says nothing about a package; any other place it came from does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from debar import text
from debar.errors import SourceError
from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers import components

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from debar.readers.inputs import Input

LONGEST = 2048
"""Characters kept of a name, version or address; npm allows names of 214, Maven coordinates stay below 300."""
PEOPLE = 200
"""People of one package that are looked at; the longest lists of contributors in npm have about 100."""
REGISTRIES = frozenset(
    {
        "registry.npmjs.org",
        "registry.yarnpkg.com",
        "npm.jsr.io",
        "pypi.org",
        "pypi.python.org",
        "files.pythonhosted.org",
        "index.crates.io",
        "static.crates.io",
        "crates.io",
        "rubygems.org",
        "index.rubygems.org",
        "repo.maven.apache.org",
        "repo1.maven.org",
        "api.nuget.org",
        "www.nuget.org",
        "packagist.org",
        "repo.packagist.org",
        "api.github.com",
        "codeload.github.com",
        "pub.dev",
        "pub.dartlang.org",
        "hex.pm",
        "repo.hex.pm",
        "repo.anaconda.com",
        "conda.anaconda.org",
        "registry.terraform.io",
        "registry.opentofu.org",
        "proxy.golang.org",
        "cdn.cocoapods.org",
        "trunk.cocoapods.org",
        "cran.r-project.org",
        "cloud.r-project.org",
    }
)
"""Hosts that package managers ask unless told otherwise."""
_CARGO_INDEX = "rust-lang/crates.io-index"
# In Python 3.11 looking up a member of an enumeration costs as much as making an observable.
_NAME, _PURL, _SBOM, _COMPONENT = Kind.NAME, Kind.PURL, Medium.SBOM, Meaning.COMPONENT
_PLAIN = re.compile(r"[\w.@/:~+-]+", re.ASCII)
_SEPARATORS = re.compile(r"[-_.]+")
_PERSON = re.compile(r"([^<(]*)(?:<([^>]*)>)?\s*(?:\(([^)]*)\))?")
_SHORTHAND = re.compile(r"(?:(github|gitlab|bitbucket):)?([\w.-]+/[\w.-]+?)(?:\.git)?(?:#.*)?")
_FORGES = {"github": "github.com", "gitlab": "gitlab.com", "bitbucket": "bitbucket.org", None: "github.com"}
"""How package.json shortens the address of a repository; without a forge GitHub is meant."""
_UNREADABLE = (msgspec.MsgspecError, UnicodeError, RecursionError)


class Listing(NamedTuple):
    """What all packages of one input share."""

    source: Input
    asset: str
    medium: Medium = _SBOM
    meaning: Meaning = _COMPONENT

    def package(
        self, locator: str, name: str, version: str, found: Iterable[Observable], *, seen_at: str = ""
    ) -> Observation:
        """Give what is said of one package; each observable once."""
        return Observation(
            source=self.source.id,
            locator=locator,
            asset=self.asset,
            label=name,
            version=version,
            medium=self.medium,
            meaning=self.meaning,
            observables=tuple(dict.fromkeys(found)),
            observed_at=seen_at,
        )


def named(ecosystem: str, name: str) -> list[Observable]:
    """Give the package URL and the name of a package; `ecosystem` is the type of the URL."""
    return [Observable(_PURL, f"pkg:{ecosystem}/{quoted(name)}"), Observable(_NAME, name)]


def python(name: str) -> list[Observable]:
    """Give the package URL, in the one spelling that PyPI makes of many, and the name of a Python package."""
    return [Observable(_PURL, f"pkg:pypi/{quoted(_SEPARATORS.sub('-', name).lower())}"), Observable(_NAME, name)]


def maven(group: str, artifact: str) -> list[Observable]:
    """Give the package URL, the name, and the code package that a Maven group is called after."""
    found = named("maven", f"{group}/{artifact}" if group else artifact)
    found[1] = Observable(_NAME, artifact)
    return [*found, Observable(Kind.CODE, group)] if "." in group else found


def quoted(name: str) -> str:
    """Give a name as it stands in a package URL: what would end the name early is escaped."""
    if _PLAIN.fullmatch(name):
        return name
    from urllib.parse import quote  # a slow import for a rare need

    return quote(name, safe="@/:~+")


def scalar(value: object) -> str:
    """Give a text or number as text without blanks around it, nothing for anything else."""
    if isinstance(value, str):
        return value[:LONGEST].strip()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def origin(url: object) -> list[Observable]:
    """Give where a package was fetched from, unless that is the registry that everybody uses."""
    address = scalar(url)
    if not address or _CARGO_INDEX in address or text.url_domain(address) in REGISTRIES:
        return []
    return components.reference(address)


def repository(value: object) -> list[Observable]:
    """Give what an address of a repository tells: a URL, {"url": ...}, or the shorthand "github:owner/name"."""
    address = scalar(value.get("url") if isinstance(value, dict) else value)
    if short := _SHORTHAND.fullmatch(address):
        address = f"https://{_FORGES[short[1]]}/{short[2]}"
    return components.reference(address)


def addresses(value: object) -> Iterator[Observable]:
    """Yield what addresses tell: one, a list of them, or an object of named ones."""
    several = value.values() if isinstance(value, dict) else value if isinstance(value, list) else (value,)
    for _, address in zip(range(PEOPLE), several, strict=False):
        yield from components.reference(scalar(address))


def people(value: object) -> Iterator[Observable]:
    """Yield makers: "Name <mail> (address)", {"name", "email", "url"}, or a list of either."""
    several = value if isinstance(value, list) else (value,)
    for person in several[:PEOPLE]:
        if isinstance(person, dict):
            name, mail, url = (scalar(person.get(key)) for key in ("name", "email", "url"))
            url = url or scalar(person.get("homepage"))
        else:
            matched = _PERSON.match(scalar(person))
            name, mail, url = ((group or "").strip() for group in matched.groups()) if matched else ("", "", "")
        yield from components.maker(name.strip("\"' "))
        yield from components.contact(mail)
        yield from components.reference(url)


def step(key: str) -> str:
    """Give a key as it stands in a JSON pointer."""
    return key.replace("~", "~0").replace("/", "~1")


def mapping(value: object) -> dict[str, Any]:
    """Give an object as it is, and an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def json(source: Input) -> object:
    """Give a document of JSON that is read as a whole; SourceError when it is none."""
    try:
        document: object = msgspec.json.decode(source.document())
    except _UNREADABLE as e:
        raise SourceError(f"not readable as JSON: {e}") from e
    return document


def json_object(source: Input) -> dict[str, Any]:
    """Give a document of JSON that is one object; SourceError when it is none."""
    document = json(source)
    if not isinstance(document, dict):
        raise SourceError(f"an object was expected, found {type(document).__name__}")
    return document


def toml(source: Input) -> dict[str, Any]:
    """Give a document of TOML; SourceError when it is none."""
    import tomllib  # for lock files of a few languages only

    try:
        return tomllib.loads(bytes(source.document()).decode())
    except (ValueError, RecursionError) as e:
        raise SourceError(f"not readable as TOML: {e}") from e
