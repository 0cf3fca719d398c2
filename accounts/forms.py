"""Forms about people."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm

from accounts.models import User
from accounts.permissions import Permission
from accounts.roles import Role
from accounts.tokens import SCOPES


class RolesField(forms.MultipleChoiceField):
    """Roles as boxes to tick."""

    def __init__(self) -> None:
        super().__init__(choices=Role.choices, required=False, widget=forms.CheckboxSelectMultiple)


class UserAddForm(AdminUserCreationForm):
    """A new person, with roles."""

    roles = RolesField()

    class Meta(AdminUserCreationForm.Meta):
        model = User
        fields = ("username", "first_name", "last_name", "email", "roles")


class UserEditForm(UserChangeForm):
    """A person, with roles."""

    roles = RolesField()

    class Meta(UserChangeForm.Meta):
        model = User


class TokenForm(forms.Form):
    """A new personal token: what for, what it may do, and for how long."""

    name = forms.CharField(max_length=100, help_text="What will use it, such as “newsroom script”.")
    scopes = forms.TypedMultipleChoiceField(
        label="It may",
        coerce=lambda name: Permission[name],
        widget=forms.CheckboxSelectMultiple,
        help_text="Never more than your own roles allow.",
    )
    days = forms.TypedChoiceField(
        label="It ends after",
        coerce=int,
        choices=[(30, "30 days"), (90, "90 days"), (365, "a year")],
        initial=90,
    )

    def __init__(self, *args: Any, owner: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scopes"].choices = [  # type: ignore[attr-defined]
            (one.name, one.value) for one in SCOPES if owner.can(one)
        ]
