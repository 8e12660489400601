@echo off
rem Starts the application on this computer: double-click. The first start makes the environment (from wheelhouse\ in the project's folder where it is there, without internet).
cd /d "%~dp0.."
chcp 65001 >nul
if not exist .venv\Scripts\python.exe (
  py -3.11 -m venv .venv || goto failed
  if exist wheelhouse\wheels (
    .venv\Scripts\python -m pip install --disable-pip-version-check --no-index --find-links wheelhouse\wheels -r requirements.txt || goto failed
  ) else (
    .venv\Scripts\python -m pip install --disable-pip-version-check -r requirements.txt || goto failed
  )
)
.venv\Scripts\python -m lib seed || goto failed
start "" http://127.0.0.1:8501
.venv\Scripts\streamlit run app.py
exit /b 0
:failed
echo.
echo 没有启动。请把上面的文字发给维护人员。
pause
exit /b 1
