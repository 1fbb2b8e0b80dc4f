# SPDX-License-Identifier: Apache-2.0
"""debar: what a ban on a technology supplier demands, where you have it, what to do by when."""

from typing import TYPE_CHECKING

from debar.release import VERSION

__version__ = VERSION
__all__ = ["__version__", "explain", "scan"]

if TYPE_CHECKING:
    from debar.pipeline import explain, scan


def __getattr__(name: str) -> object:
    """Load the pipeline when it is first asked for, so that `import debar` stays cheap."""
    if name in ("explain", "scan"):
        from debar import pipeline

        return getattr(pipeline, name)
    msg = f"module 'debar' has no attribute {name!r}"
    raise AttributeError(msg)
