"""How claims are scored and track records reported: arithmetic only, knows neither people nor tables."""
