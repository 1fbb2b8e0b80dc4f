# SPDX-License-Identifier: Apache-2.0
"""What people decided about exposures: a file of blocks (`file`), and what they come to on a day (`effects`)."""

from debar.decisions.effects import Decided, decided, state
from debar.decisions.file import HEADER, amended, faults, meets, read

__all__ = ["HEADER", "Decided", "amended", "decided", "faults", "meets", "read", "state"]
