"""Answers with only the members that are asked for: `?fields=id,title`."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

FIELDS = OpenApiParameter(
    "fields", str, description="The members wanted, with commas between; all without it."
)


class SparseSerializer(serializers.ModelSerializer):
    """A serializer whose outermost level leaves out what was not asked for."""

    def get_fields(self) -> dict[str, Any]:
        """The fields asked for. Raises ValidationError, naming those that there are, for any other."""
        fields: dict[str, Any] = super().get_fields()
        if not self._is_outermost() or "request" not in self.context:
            return fields
        asked = self.context["request"].query_params.get("fields", "")
        names = [name.strip() for name in asked.split(",") if name.strip()]
        if unknown := [name for name in names if name not in fields]:
            words = f"has no {', '.join(unknown)}; there are {', '.join(fields)}"
            raise serializers.ValidationError({"fields": [words]})
        return {name: field for name, field in fields.items() if not names or name in names}

    def _is_outermost(self) -> bool:
        around = self.parent
        return around is None or (
            isinstance(around, serializers.ListSerializer) and around.parent is None
        )
