"""Doors of the API to sources, one file per noun."""
