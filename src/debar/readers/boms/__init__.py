# SPDX-License-Identifier: Apache-2.0
"""Components as the models of CycloneDX, SPDX and Syft have them, whatever they are written in."""
