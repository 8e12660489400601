"""账号: who may come in, as what; for whoever manages accounts."""

import streamlit as st

from lib.ui import accounts, show
from lib.view import access as words

found = accounts.rows()
show.heading("账号", words.accounts(found))
accounts.tell()
if len(found):
    accounts.listed(found)
left, right = st.columns(2, gap="large")
with left:
    accounts.new(found.empty)
with right:
    if len(found):
        accounts.one(found)
accounts.keys()
