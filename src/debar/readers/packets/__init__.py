# SPDX-License-Identifier: Apache-2.0
"""What a network capture holds, layer by layer: frames, packets, streams, and what protocols say of hosts."""
