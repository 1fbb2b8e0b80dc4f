# SPDX-License-Identifier: Apache-2.0
"""Which changes are asked for, of an audit log."""

from __future__ import annotations

import msgspec

from debar.portfolio import audit


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """What a list of changes is about."""

    by: str = ""
    """Id of a caller."""
    action: str = ""
    """An action, or how several begin: "member."."""
    about: str = ""
    """Id of what was changed."""
    words: str = ""
    """Text that stands somewhere in it."""
    since: str = ""
    """First day or instant."""
    until: str = ""
    """Last day, which counts whole, or instant."""

    @property
    def wanted(self) -> audit.Filters:
        """Give them as the log takes them."""
        return audit.Filters(**{name: getattr(self, name) for name in self.__struct_fields__})
