"""Zhenggai: a rule-based compliance checker for inspection-rectification reports."""
