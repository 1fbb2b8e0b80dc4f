# SPDX-License-Identifier: Apache-2.0
"""Text made comparable: one normal form for each kind of observable, and safe printing."""

import re
import unicodedata
from functools import lru_cache

_WORD_BREAK = re.compile(r"[\W_]+")
_MARKS = str.maketrans(dict.fromkeys("®™©", " "))
STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]")
"""Control, direction and invisible characters: they steer a terminal or hide what is written."""


_compiled = lru_cache(maxsize=8)(re.compile)
"""For patterns that not every command needs: compiled on first use, and found again in no time."""


def fold(text: str) -> str:
    """Give words in lower case with single spaces: no punctuation, no trade marks, NFKC."""
    # Pure ASCII, by far the most common, needs no Unicode normalisation.
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text.translate(_MARKS))
    return _WORD_BREAK.sub(" ", plain.casefold()).strip()


def header(text: str) -> str:
    """Give a column header without case, spaces or punctuation: "Supplier Name" is "suppliername"."""
    return fold(text).replace(" ", "")


def domain(text: str) -> str:
    """Give a host name in lower case without the final dot."""
    return text.lower().rstrip(".")


def digits(text: str) -> str:
    """Give the hexadecimal digits of a text, in small letters."""
    return re.sub(r"[^0-9a-f]", "", text.lower())


def mac(text: str) -> str:
    """Give a hardware address in small letters with colons, however it is written."""
    plain = digits(text)
    return ":".join(plain[at : at + 2] for at in range(0, len(plain), 2))


def path(text: str) -> str:
    """Give a path in lower case with forward slashes."""
    return text.lower().replace("\\", "/")


def registry(text: str) -> str:
    """Give a registry key in lower case with forward slashes and the short name of its hive."""
    key = path(text)
    for long, short in (("hkey_local_machine/", "hklm/"), ("hkey_current_user/", "hkcu/")):
        if key.startswith(long):
            return short + key[len(long) :]
    return key


def purl(text: str) -> str:
    """Give type, namespace and name of a package URL; version, qualifiers and subpath are dropped."""
    bare = text.partition("?")[0].partition("#")[0]
    # A version follows the last "@" after the last "/"; "%40" or "@" may also open an npm scope.
    at = bare.rfind("@")
    if at > bare.rfind("/") and at > 0:
        bare = bare[:at]
    return _unquoted(bare).lower()


def _unquoted(text: str) -> str:
    """Give text without percent escapes."""
    if "%" not in text:
        return text
    from urllib.parse import unquote  # a slow import for a rare need

    return unquote(text)


def cpe(text: str) -> str:
    """Give "vendor:product" of a CPE 2.2 URI or 2.3 string, or nothing when it is neither."""
    if text.startswith("cpe:2.3:"):
        parts = re.split(r"(?<!\\):", text)
        picked = parts[3:5]
    elif text.lower().startswith("cpe:/"):
        picked = [_unquoted(part) for part in text[5:].split(":")[1:3]]
    else:
        return ""
    if len(picked) < 2:
        return ""
    return ":".join(part.replace("\\", "") for part in picked).lower()


def email_domain(text: str) -> str:
    """Give the domain of the first e-mail address in a text such as "Name <a@b.example>"."""
    head, at, tail = text.partition("@")
    if not at or not head:
        return ""
    found = _compiled(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+").match(tail)
    return domain(found.group()) if found else ""


def url_domain(text: str) -> str:
    """Give the host of a URL, or nothing."""
    found = _compiled(r"(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?//(?:[^/?#@]*@)?([^/?#:]+)").match(text)
    return domain(found[1]) if found else ""


def printable(text: str) -> str:
    r"""Give text that cannot steer a terminal: control and bidirectional characters as \xNN."""
    if text.isascii() and text.isprintable():
        return text
    return STEERING.sub(lambda c: ascii(c.group())[1:-1], text)


@lru_cache(maxsize=4096)
def phrase(text: str) -> str:
    """Give a folded phrase with a space at both ends, so that "in" means "as whole words"."""
    return f" {fold(text)} "
