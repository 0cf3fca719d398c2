"""Forms about people."""

from django import forms
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm

from accounts.models import User
from accounts.roles import Role


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
