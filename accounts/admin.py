"""Accounts in Django's admin: for the administrators of an installation, not for offices.

Signing in goes through the portal's own page, with its limits and the second step.
"""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AdminUserCreationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from accounts.mfa import has_second_factor
from accounts.models import Consent, Office, Posting, User
from common.read_only_admin import ReadOnlyAdmin

_sign_in = secure_admin_login(admin.site.login)


@login_not_required
def sign_in(request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
    """The portal's own sign-in; an administrator without a second step is led to set one up."""
    user = request.user
    if user.is_authenticated and user.is_staff and not _may_enter(request):
        onward = urlencode({"next": request.GET.get("next") or reverse("admin:index")})
        return redirect(f"{reverse('accounts:second_factor')}?{onward}")
    response: HttpResponse = _sign_in(request, extra_context)
    return response


def _may_enter(request: HttpRequest) -> bool:
    user = request.user
    if not (user.is_active and user.is_staff):
        return False
    return not settings.OFFICE_REQUIRES_MFA or has_second_factor(user)


admin.site.login = sign_in  # type: ignore[method-assign]
admin.site.has_permission = _may_enter  # type: ignore[method-assign]


class _NewUserForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ["email", "name"]

    def clean_email(self) -> str:
        """Kept in lower case, so that one person is one account."""
        return str(self.cleaned_data["email"]).lower()


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    """Accounts by e-mail address."""

    add_form = _NewUserForm
    add_fieldsets = [(None, {"fields": ["email", "name", "usable_password", "password1", "password2"]})]
    fieldsets = [
        (None, {"fields": ["email", "name", "password"]}),
        (_("Person"), {"fields": ["home_region", "language", "wants_email"]}),
        (_("Rights"), {"fields": ["is_active", "is_staff", "is_superuser", "groups", "user_permissions"]}),
        (_("Times"), {"fields": ["joined_at", "last_login", "erased_at"]}),
    ]
    readonly_fields = ["email", "joined_at", "last_login", "erased_at"]
    raw_id_fields = ["home_region"]
    list_display = ["email", "name", "is_active", "is_staff", "joined_at"]
    list_filter = ["is_active", "is_staff", "language"]
    search_fields = ["email", "name"]
    ordering = ["email"]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """The address is typed once; afterwards it changes by its link only."""
        return self.readonly_fields if obj else ["joined_at", "last_login", "erased_at"]

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Accounts are erased by their person, never deleted: history names them."""
        return False


@admin.register(Posting)
class PostingAdmin(ReadOnlyAdmin):
    """Postings are given and ended on the desk, where history records it."""

    list_display = ["user", "role", "region", "started_at", "ended_at"]
    list_filter = ["role"]
    list_select_related = ["user", "region"]
    search_fields = ["user__email", "user__name", "region__full_name", "=region__code"]


@admin.register(Consent)
class ConsentAdmin(ReadOnlyAdmin):
    """Consents are given by the person."""

    list_display = ["user", "document", "version", "agreed_at"]
    list_filter = ["document", "version"]
    list_select_related = ["user"]
    search_fields = ["user__email"]


@admin.register(Office)
class OfficeAdmin(admin.ModelAdmin):
    """Offices by the names they have today."""

    list_display = ["name", "region"]
    list_select_related = ["region"]
    raw_id_fields = ["region"]
    search_fields = ["name", "region__full_name", "=region__code"]
