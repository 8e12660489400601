"""Bytes become tidy frames and a list of Issues; nothing here knows a database or a screen."""
