"""Accuracy bench: invented reports whose facts are known, faults put into them, and what the checker finds.

The bench knows the checker only by its commands and JSON; it reads neither its rules nor its lexicons.
"""
