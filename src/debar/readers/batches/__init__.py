# SPDX-License-Identifier: Apache-2.0
"""Files that are columns already: which columns say something, which rows are looked at, and what those say."""
