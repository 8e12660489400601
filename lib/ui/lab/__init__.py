"""The views of 假设推演, a module each with `draw(context)`."""
