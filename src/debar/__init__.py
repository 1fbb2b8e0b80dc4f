# SPDX-License-Identifier: Apache-2.0
"""debar: what a ban on a technology supplier demands, where you have it, what to do by when."""

from typing import TYPE_CHECKING

from debar.release import VERSION

__version__ = VERSION
__all__ = ["__version__", "explain", "scan"]

if TYPE_CHECKING:
    from debar.obligations.explain import explain
    from debar.pipeline import scan


def __getattr__(name: str) -> object:
    """Load what is asked for when it is first asked for, so that `import debar` stays cheap."""
    if name == "scan":
        from debar.pipeline import scan

        return scan
    if name == "explain":
        from debar.obligations.explain import explain

        return explain
    msg = f"module 'debar' has no attribute {name!r}"
    raise AttributeError(msg)
