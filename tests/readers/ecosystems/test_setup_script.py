# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of setup.py."""

from __future__ import annotations

from debar.readers.ecosystems import setup_script
from opened import observed


def test_script_is_never_run() -> None:
    """Whatever the program does, only literals with an exact version are taken."""
    found, _ = observed(
        setup_script, "import os\nos.abort()\nsetup(install_requires=['six==1.16.0', 'idna>=3', name + '==1'])\n"
    )
    assert [(o.label, o.version, o.locator) for o in found] == [("six", "1.16.0", "line 3")]
