"""People in the administration. Changes are noted in the audit log."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.http import HttpRequest

from accounts.forms import UserAddForm, UserEditForm
from accounts.models import AuditEntry, User
from accounts.permissions import Permission
from accounts.services import record

# Roles take the place of groups.
admin.site.unregister(Group)


def may(request: HttpRequest, permission: Permission) -> bool:
    """Whether whoever asks is signed in and holds the permission."""
    user = request.user
    return user.is_authenticated and user.can(permission)


@admin.register(User)
class PersonAdmin(UserAdmin):
    """Add, change and deactivate people. Nobody is deleted: the record names them."""

    form = UserEditForm
    add_form = UserAddForm
    list_display = ("username", "first_name", "last_name", "email", "roles", "is_active")
    list_filter = ("is_active",)
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Person", {"fields": ("first_name", "last_name", "email")}),
        ("May", {"fields": ("roles", "is_active", "is_staff", "is_superuser")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "fields": (
                    *("username", "first_name", "last_name", "email", "roles"),
                    *("usable_password", "password1", "password2"),
                )
            },
        ),
    )

    def save_model(
        self, request: HttpRequest, obj: User, form: forms.ModelForm, change: Any
    ) -> None:
        super().save_model(request, obj, form, change)
        record(
            by=User.objects.get_by_natural_key(request.user.get_username()),
            verb="changed" if change else "added",
            on=obj,
            fields=[name for name in form.changed_data if "password" not in name],
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        # Only a superuser makes another.
        return () if request.user.is_superuser else ("is_superuser",)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may(request, Permission.MANAGE_USERS)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request, Permission.MANAGE_USERS)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may(request, Permission.MANAGE_USERS)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # Whoever sets a superuser's password is one.
        theirs = obj is not None and obj.is_superuser
        return may(request, Permission.MANAGE_USERS) and (request.user.is_superuser or not theirs)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(AuditEntry)
class AuditEntryAdmin(admin.ModelAdmin):
    """The record of who did what, to read only."""

    list_display = ("at", "by", "verb", "object_type", "object_id")
    list_filter = ("verb", "object_type")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may(request, Permission.READ_AUDIT)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request, Permission.READ_AUDIT)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
