"""Frames and findings become files to take away: safe CSV, workbooks, forms. Bytes out, nothing shown."""
