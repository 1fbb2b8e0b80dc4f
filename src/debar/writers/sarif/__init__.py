# SPDX-License-Identifier: Apache-2.0
"""SARIF 2.1.0 as GitHub's code scanning accepts it."""
