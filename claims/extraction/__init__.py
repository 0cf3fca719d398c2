"""Proposes claims from the text of an article. Pure Python: no Django, no database."""
