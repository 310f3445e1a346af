"""Code Dutch interview transcripts at a tree of themes, and count per respondent role.

``import lde_qual as lq; study = lq.open_study(".")`` opens a study folder. Every
command of ``lde-qual`` is a function here that takes the study first; names are
resolved on first use, so that the import itself loads no heavy library.
"""

from __future__ import annotations

__version__ = "0.1.0"
