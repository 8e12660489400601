"""对标台 Duibiao: everything that is not a page. Layers and their allowed imports: docs/architecture.md."""
