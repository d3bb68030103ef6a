"""``zhenggai serve``: a page on this machine to drop drafts on.

Thin over checking and the output formats: nothing here reads a text or judges it. Reports are held in memory
only, are checked in processes of their own, and leave the machine by no way.
"""
