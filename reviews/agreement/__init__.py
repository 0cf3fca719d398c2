"""How far reviewers agree beyond chance, and what their grades say together: arithmetic only, no Django."""
