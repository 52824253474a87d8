"""Whole screens: reading with its panes, triage mode, help."""
