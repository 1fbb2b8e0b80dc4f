# SPDX-License-Identifier: Apache-2.0
"""The nouns. Frozen, without behaviour, and importing nothing of debar but each other."""
