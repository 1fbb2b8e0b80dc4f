# SPDX-License-Identifier: Apache-2.0
"""Who asks, whether they mean it, and how often: sign-in, sessions, keys, forgery, headers and rates."""
