# SPDX-License-Identifier: Apache-2.0
"""Pictures inside of pages: the stages of measures, the trend to a deadline, a plan; colours are those of the style sheet."""
