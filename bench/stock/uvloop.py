"""Makes the floor a stock one: without uvloop, as a plain installation of Streamlit is."""

raise ModuleNotFoundError("the stock server runs without uvloop", name="uvloop")
