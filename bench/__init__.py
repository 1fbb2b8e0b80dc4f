# SPDX-License-Identifier: Apache-2.0
"""Timings against goals; `python -m bench` runs them, bench/README.md says what each measures."""
