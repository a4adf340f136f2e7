"""Doors of the house: signing in, and what to do when a form has expired."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The session ended while a form was open: nothing was saved, and how to go on."""
    return render(request, "accounts/form_expired.html", status=403)
