"""The only SQL: migrations, writing, reading. Frames in, frames out; never scores."""

from lib.store.database import connect, data_version, default_path, migrate, writing

__all__ = ["connect", "data_version", "default_path", "migrate", "writing"]
