# SPDX-License-Identifier: Apache-2.0
"""What Zeek writes: its logs, their columns and their cells."""
