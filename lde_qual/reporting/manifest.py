"""The manifest: which files a report was made from, by which versions, and what came out."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from typing import Any

NAME = "manifest.json"
PACKAGES = ("jinja2", "matplotlib", "numpy", "pandas", "python-docx", "scipy", "tabulate", "xlsxwriter")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What ``manifest.json`` says; files by name relative to the study (inputs) or the results (outputs)."""

    inputs: Mapping[str, str]
    outputs: Mapping[str, str]
    versions: Mapping[str, str]
    options: Mapping[str, Any]

    def to_json(self) -> str:
        """Return the file's text: sorted, without a time."""
        fields = {"options": self.options, "versions": self.versions, "inputs": self.inputs, "outputs": self.outputs}
        return json.dumps(fields, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def read_manifest(text: str) -> Manifest | None:
    """Return what a manifest says; None where it is no manifest of ours."""
    try:
        fields = json.loads(text)
    except json.JSONDecodeError:
        return None
    names = ("inputs", "outputs", "versions", "options")
    if not isinstance(fields, dict) or not all(isinstance(fields.get(name), dict) for name in names):
        return None
    return Manifest(**{name: fields[name] for name in names})


def digest(data: bytes) -> str:
    """Return SHA-256 in hexadecimal."""
    return sha256(data).hexdigest()


def versions(own: str) -> dict[str, str]:
    """Return the versions that decide on the bytes of a report.

    Parameters
    ----------
    own : str
        Version of this package.
    """
    found = {"lde_qual": own, "python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:  # a library that was put on the path by hand has no metadata
            found[package] = "unknown"
    return found
