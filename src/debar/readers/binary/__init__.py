# SPDX-License-Identifier: Apache-2.0
"""Programs and packages by their bytes: what several readers of files take apart."""
