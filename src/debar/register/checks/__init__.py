# SPDX-License-Identifier: Apache-2.0
"""The rules that a register must keep, one file for each kind of noun."""
