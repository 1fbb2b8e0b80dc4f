# SPDX-License-Identifier: Apache-2.0
"""Names of suppliers against names of parties on a list."""
