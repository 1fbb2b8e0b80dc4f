# SPDX-License-Identifier: Apache-2.0
"""Recognition: observations against indicators.

`compile.compile_index` makes lookup tables of the indicators once (`kept.load_index` has those of the last
run), `kernel.meet` asks them about one value, `bulk.kernel` about an Arrow column, and `exposures.expose`
puts the hits together.
"""
