"""Codes proposed for passages: never counted until a person accepts them."""
