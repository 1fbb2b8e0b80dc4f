# SPDX-License-Identifier: Apache-2.0
"""Whom and what sentences name: suppliers, products, authorities, places, numbers, citations."""
