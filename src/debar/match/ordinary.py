# SPDX-License-Identifier: Apache-2.0
"""How much a text says: what of it stands in no ordinary word, path or address.

A text is cut up into blocks of three characters; those that ordinary words and beginnings have say nothing.
"""

from __future__ import annotations

from functools import cache

_WORDS = (
    "access adapter admin administrator advanced agent android apache apple application applications audio base "
    "business camera center centre central chrome client cloud code common communication communications company "
    "component components config connect connection control controller core corp corporation data database default "
    "desktop detection developer development device devices digital directory display download driver drivers "
    "edition electronic electronics email encryption endpoint engine enterprise explorer express extension feature "
    "file files firmware framework free gateway github global google graphics group hardware helper home host image "
    "industrial information install installer intel intelligence interface international internet java kernel kit "
    "language launcher library license light limited linux lite local login mail manager media micro microsoft "
    "mobile module monitor mozilla network networks node office online open oracle package packages panel pack "
    "password personal phone platform player plugin point portal power premium printer private pro product products "
    "professional program programdata programs project protection provider python reader recovery remote report "
    "router runtime scan scanner script search secure security sensor server service services setup share shared "
    "shell shield site small smart software solution solutions source standard station storage store studio suite "
    "support switch system systems team technologies technology telecom test time tool tools total trial uninstall "
    "universal update updater user users utilities utility version video view viewer virtual visual voice web "
    "wifi windows wireless work world x64 x86 and for the with from www inc ltd llc plc gmbh sarl srl spa bv nv ag "
    "kg oy ab pte pty co sa se de la of in to incorporated holding holdings beijing shanghai shenzhen hangzhou china"
)
ORDINARY = frozenset(_WORDS.split())
"""Words of names and paths that point to nobody: of the words of a pattern, others are looked for."""
_BEGINNINGS = (
    "c:/program files (x86)/ c:/program files/common files/ c:/programdata/ c:/windows/system32/drivers/ d:/program files/ "
    "[a-z]:/ /usr/lib/ /usr/local/ /usr/share/ /usr/bin/ /opt/ /etc/ /var/lib/ /applications/ /library/ .app/contents/ "
    "hklm/software/wow6432node/ hkcu/software/ hklm/system/currentcontrolset/services/ com. org. net. io. cn. "
    "pkg:npm/@ pkg:pypi/ pkg:maven/com. pkg:golang/github.com/ pkg:nuget/ pkg:deb/debian/ pkg:rpm/ pkg:gem/ pkg:cargo/ "
    "pkg:composer/ pkg:docker/ pkg:oci/ pkg:github/ pkg:gitlab/ pkg:generic/ pkg:apk/ pkg:conan/ pkg:cocoapods/ pkg:swift/ "
    " co ltd inc llc gmbh "
)
BLOCK = 3
"""Characters that are looked at together."""


def unusual(text: str) -> int:
    """Give how many blocks of a text are in no ordinary word; what is not ASCII counts, too."""
    ordinary = ordinary_blocks()
    return sum(block not in ordinary for block in cut_up(text)) + sum(letter > "\x7f" for letter in text)


@cache
def ordinary_blocks() -> frozenset[str]:
    """Give the blocks of ordinary words and beginnings."""
    return frozenset(cut_up(f"{_BEGINNINGS} {_WORDS}"))


def cut_up(text: str) -> list[str]:
    """Give the blocks of a text, one from each character on."""
    return [text[at : at + BLOCK] for at in range(len(text) - BLOCK + 1)]
