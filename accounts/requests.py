"""A request whose person is known: behind LoginRequiredMiddleware, request.user is a User."""

from django.http import HttpRequest

from accounts.models import User


class SignedInRequest(HttpRequest):
    """For annotations of views that are not marked login_not_required."""

    user: User
