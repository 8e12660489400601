"""The only part of lib that knows Streamlit: the shell, the controls, cached loaders, ways of showing."""
