# SPDX-License-Identifier: Apache-2.0
"""CycloneDX 1.7: what was found as components, and what the law says of it as claims."""
