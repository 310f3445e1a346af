"""What is handed to a public function and is not of the kind it takes, refused before anything is done with it."""

from __future__ import annotations

import inspect
import numbers
import os
import types
from collections.abc import Callable, Iterable, Mapping
from functools import cache, wraps
from pathlib import Path
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import pandas as pd

from lde_qual.api.study import OpenStudy
from lde_qual.errors import UsageError

Function = TypeVar("Function", bound=Callable[..., Any])

_KINDS: dict[Any, str] = {
    str: "a text",
    int: "a whole number",
    float: "a number",
    bool: "True or False",
    Path: "a path",
    Iterable: "a list",
    Mapping: "a mapping",
    Callable: "a function",
    pd.DataFrame: "a DataFrame",
    OpenStudy: "what `lq.open_study` returns",
}
_SHOWN = 40


def checked(function: Function) -> Function:
    """Return the function with its arguments held to its annotations.

    A number is refused where a text is due, a text where a number or a yes or no is:
    ``"false"`` would else be a yes. What tables hold serves as well as Python's own: any
    whole number, any kind of list, of which iterators are read once.

    Raises
    ------
    UsageError
        By the function returned, for the first argument that is of another kind, with
        its name, its value and what to give.
    """
    signature = inspect.signature(function)

    @wraps(function)
    def held(*given: Any, **named: Any) -> Any:
        try:
            bound = signature.bind(*given, **named)
        except TypeError:
            return function(*given, **named)  # Python says best which argument is missing or unknown.
        hints = _hints(function)
        for name, value in bound.arguments.items():
            if name in hints:
                bound.arguments[name] = _held(name, value, hints[name])
        return function(*bound.args, **bound.kwargs)

    held.__module__, held.__qualname__ = "lde_qual", function.__name__
    return held  # type: ignore[return-value]


@cache
def _hints(function: Callable[..., Any]) -> dict[str, tuple[Any, ...]]:
    """Return the kinds that each argument may be of."""
    several = {inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD}
    own = {name for name, each in inspect.signature(function).parameters.items() if each.kind not in several}
    return {name: _kinds(hint) for name, hint in get_type_hints(function).items() if name in own}


def _kinds(hint: Any) -> tuple[Any, ...]:
    return get_args(hint) if get_origin(hint) in {Union, types.UnionType} else (hint,)


def _held(name: str, value: Any, kinds: tuple[Any, ...]) -> Any:
    """Return the value, an iterator as a list."""
    if isinstance(value, Iterable) and not hasattr(value, "__len__") and any(map(_is_list, kinds)):
        value = list(value)
    if any(_is(value, kind) for kind in kinds):
        return value
    shown = repr(value)
    shown = f"{shown[:_SHOWN]}…" if len(shown) > _SHOWN else shown
    words = " or ".join(_word(kind) for kind in kinds if kind is not type(None))
    raise UsageError(
        f"{name} is {shown}, which is not {words}.",
        way_out=f"Give {words}{', or leave it out' if type(None) in kinds else ''}.",
    )


def _is_list(kind: Any) -> bool:
    return get_origin(kind) is Iterable


def _is(value: Any, kind: Any) -> bool:
    """Tell whether a value is of a kind."""
    if kind is int:
        return hasattr(value, "__index__") and not isinstance(value, bool)
    if kind is float:
        return isinstance(value, numbers.Real) and not isinstance(value, bool)
    if kind is bool:
        return type(value).__name__ in {"bool", "bool_", "int"}
    if kind is Path:
        return isinstance(value, os.PathLike)
    if _is_list(kind):
        within = _kinds(get_args(kind)[0])
        # A text is a row of texts for Python, and never meant as one here.
        lists = isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping)
        return lists and all(any(_is(each, one) for one in within) for each in value)
    return kind is Any or isinstance(value, get_origin(kind) or kind)


def _word(kind: Any) -> str:
    name = _KINDS.get(get_origin(kind) or kind, getattr(kind, "__name__", str(kind)))
    if not _is_list(kind):
        return name
    within = (_word(each).removeprefix("a ") for each in _kinds(get_args(kind)[0]))
    return f"{name} of {' or '.join(f'{each}s' for each in within)}"
