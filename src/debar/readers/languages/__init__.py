# SPDX-License-Identifier: Apache-2.0
"""Requirements and metadata as package managers of several languages have them."""
