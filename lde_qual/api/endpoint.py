"""A language model on the user's own machine, asked over the interface that OpenAI made common.

Off unless an address is given. Text goes to a loopback address only, unless the host is
named once more; never through a proxy, and never on to where an answer redirects.
"""

from __future__ import annotations

import ipaddress
import json
import os
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from lde_qual.api.writing import LdeQualWarning
from lde_qual.errors import LdeQualError, RefusedError, UsageError
from lde_qual.store.cache import Cache

KEY_VARIABLE = "LDE_QUAL_MODEL_KEY"
TIMEOUT = 120.0
"""Seconds that one answer may take: a small model without a graphics card needs tens of them."""

_LONGEST_FAULT = 200
_ANSWERS = "lde_qual answer 1"


class EndpointError(LdeQualError):
    """The language model did not answer, or not in the form that it should."""


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_args: Any, **_named: Any) -> None:
        """Follow none: text must not go where nobody said it may."""


@dataclass(frozen=True)
class Endpoint:
    """Where a model answers.

    Attributes
    ----------
    url : str
        Base address, for example ``http://127.0.0.1:11434/v1``.
    model : str
        The model's name there.
    timeout : float
        Seconds that it may be silent.
    answers : Cache or None
        Where answers are kept, so that work that was stopped goes on where it was.
    used : set of str
        Keys of the answers that were asked for.
    """

    url: str
    model: str
    timeout: float = TIMEOUT
    answers: Cache | None = None
    used: set[str] = field(default_factory=set)

    def ask(self, prompt: str, passage: str) -> str:
        """Return the model's answer to one passage; one that was given before is not asked for again.

        Raises
        ------
        EndpointError
            Where nobody answers, or not with a message.
        """
        if self.answers is None:
            return self._asked(prompt, passage)
        parts = (_ANSWERS, self.url, self.model, prompt, passage)
        key = sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
        self.used.add(key)
        kept = self.answers.read(key)
        if kept is not None:
            return kept.decode("utf-8", "replace")
        answer = self._asked(prompt, passage)
        self.answers.write(key, answer.encode("utf-8", "surrogatepass"))
        return answer

    def forget_others(self) -> None:
        """Forget the answers that were not used: words of passages that are no more leave the study."""
        if self.answers is not None:
            self.answers.keep(self.used)

    def _asked(self, prompt: str, passage: str) -> str:
        body = {
            "model": self.model,
            "temperature": 0,
            "seed": 1,
            "messages": [{"role": "system", "content": prompt}, {"role": "user", "content": passage}],
        }
        headers = {"Content-Type": "application/json"}
        if key := os.environ.get(KEY_VARIABLE):
            headers["Authorization"] = f"Bearer {key}"
        request = Request(f"{self.url.rstrip('/')}/chat/completions", json.dumps(body).encode(), headers)  # noqa: S310 - the scheme is checked
        try:
            with build_opener(ProxyHandler({}), _NoRedirect()).open(request, timeout=self.timeout) as answer:
                said = json.load(answer)
            return str(said["choices"][0]["message"]["content"])
        except HTTPError as fault:
            told = fault.read(_LONGEST_FAULT).decode("utf-8", "replace").strip()
            raise self._error(f"answered {fault.code} {fault.reason}. {told}".strip()) from None
        except (URLError, TimeoutError, ConnectionError, HTTPException) as fault:
            raise self._error(
                f"did not answer ({getattr(fault, 'reason', None) or fault or type(fault).__name__})."
            ) from None
        except (ValueError, KeyError, IndexError, TypeError):
            raise self._error("answered with something else than a chat completion.") from None

    def _error(self, what: str) -> EndpointError:
        return EndpointError(
            f"The language model '{self.model}' at {self.url} {what}",
            way_out="Start it, check --model-url and --model, or leave both out: suggestions work without.",
        )


def endpoint(
    url: str | None,
    model: str | None,
    *,
    send_text_to: str | None = None,
    warn: Callable[[str], None] | None = None,
    folder: Path | None = None,
) -> Endpoint | None:
    """Return a model's endpoint where text may go to it; None where no model is asked for.

    Parameters
    ----------
    send_text_to : str, optional
        A host other than loopback that interview text may be sent to.
    warn : callable, optional
        Told that text will leave the machine, before any does; a Python warning unless
        given.
    folder : Path, optional
        The study's, in whose cache answers are kept.

    Raises
    ------
    UsageError
        For an address that is none, and where one of address and name is missing.
    RefusedError
        For a host other than loopback that was not named in `send_text_to`.
    """
    if url is None or not model:
        if url or model or send_text_to:
            raise UsageError(
                "A language model needs an address and a name.",
                way_out="Give both --model-url and --model, or neither.",
            )
        return None
    scheme, host = _address(url)
    if not _loopback(host):
        if host != send_text_to:
            raise RefusedError(
                f"Interview text would go to {host}, which is another machine.",
                way_out=f"Run the model on this one; or, where the respondents' consent and your ethics committee allow"
                f" it, add --send-text-to {host}.",
            )
        (warn or _warned)(
            f"WARNING: interview text leaves this machine: every passage asked about is sent to {host}."
            f"{' The connection is not encrypted.' if scheme == 'http' else ''}"
        )
    return Endpoint(url, model, answers=None if folder is None else Cache(folder, "answers"))


def _address(url: str) -> tuple[str, str]:
    """Return scheme and host of an address, or refuse it: one with a port that is none too."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and parts.port != 0
    except ValueError:
        usable = False
    if not usable or not parts.hostname:
        raise UsageError(f"'{url}' is no address of a model.", way_out="Give one such as http://127.0.0.1:11434/v1.")
    return parts.scheme, parts.hostname


def _warned(text: str) -> None:
    warnings.warn(text, LdeQualWarning, stacklevel=4)


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
