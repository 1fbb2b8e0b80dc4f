# SPDX-License-Identifier: Apache-2.0
"""Proof of a scan: a folder of everything that it rests on, chained by hashes, signed, and checked offline."""
