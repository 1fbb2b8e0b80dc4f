# SPDX-License-Identifier: Apache-2.0
"""Machines and what is listed of them: names and numbers, listings, registries, system profiles."""
