# SPDX-License-Identifier: Apache-2.0
"""Steps of the database of each organisation; none is ever changed or undone."""
