"""Claims as tables for spreadsheets: what the columns are, and how they are written."""
