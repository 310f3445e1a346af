"""The core: what a study is made of, and how operations become its state.

Standard library only; no file, no clock, no frame.
"""
