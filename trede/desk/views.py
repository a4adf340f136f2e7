"""Where everybody lands after signing in."""

from django.http import HttpResponse
from django.shortcuts import render

from trede.accounts.doors import StaffRequest


def home(request: StaffRequest) -> HttpResponse:
    return render(request, "desk/home.html")
