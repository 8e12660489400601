"""The Starlette side: life cycle and routes beside the pages."""
