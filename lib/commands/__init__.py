"""Groups of commands that lib/cli.py puts under `python -m lib`."""
