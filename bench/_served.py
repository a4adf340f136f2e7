"""gunicorn as `trede run` starts it, with one page more: a view of Django that does
nothing, without its middleware, to compare with."""

import sys
from collections.abc import Callable, Iterable
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import override_settings
from django.urls import path

from trede.commands.serving import Server

Respond = Callable[[HttpRequest], HttpResponseBase]


def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse("nothing")


urlpatterns = [path("niets/", nothing)]


def only_nothing(respond: Respond) -> Respond:
    def responded(request: HttpRequest) -> HttpResponseBase:
        request.urlconf = __name__
        return respond(request)

    return responded


class Compared(Server):
    def load(self) -> Callable[..., Iterable[bytes]]:
        trede = super().load()
        with override_settings(MIDDLEWARE=[f"{__name__}.only_nothing"]):
            bare = WSGIHandler()

        def served(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
            if environ["PATH_INFO"] == "/niets/":
                return bare(environ, start)
            return trede(environ, start)

        return served


if __name__ == "__main__":
    Compared("127.0.0.1", int(sys.argv[1])).run()
