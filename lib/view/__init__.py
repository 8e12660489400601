"""Frames become chart specifications, display tables and sentences. Returns, never shows."""
