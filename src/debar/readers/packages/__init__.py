# SPDX-License-Identifier: Apache-2.0
"""What package managers say is installed."""

from debar.readers.rows import Reader
from debar.readers.rows_of import package_databases, package_managers, printed_packages

ROWS: tuple[Reader, ...] = (*package_databases.ROWS, *package_managers.ROWS, *printed_packages.ROWS)
