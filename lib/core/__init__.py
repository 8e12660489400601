"""Pure functions on frames and arrays: no files, no database, no screen."""
