# SPDX-License-Identifier: Apache-2.0
"""What papers tell together: grouped, lent to one another, compared with each other and with the register."""
