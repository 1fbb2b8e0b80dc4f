# SPDX-License-Identifier: Apache-2.0
"""Tables wherever they come from: layouts, guesses, workbooks."""
