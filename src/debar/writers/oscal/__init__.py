# SPDX-License-Identifier: Apache-2.0
"""OSCAL assessment results: evidence as observations, the law as controls, what is due as risks."""
