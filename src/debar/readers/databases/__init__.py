# SPDX-License-Identifier: Apache-2.0
"""Package databases by their bytes and lines: what several readers of packages share."""
