# SPDX-License-Identifier: Apache-2.0
"""The register on a time axis: as a picture, as a page with the picture, and for a terminal."""
