# SPDX-License-Identifier: Apache-2.0
"""What people put on record: a file of blocks, read strictly and added to (`file`)."""

from debar.records.file import HEADER, amended, faults, read

__all__ = ["HEADER", "amended", "faults", "read"]
