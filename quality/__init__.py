# SPDX-License-Identifier: Apache-2.0
"""How good recognition is: labelled cases, what debar makes of them, and what must not get worse.

labels/*.jsonl ──labels──► Label ──outcomes──► Outcome ──figures──► precision, recall, calibration ──gate──► faults
                                          └──calibrate──► register/calibration/levels.yaml
"""
