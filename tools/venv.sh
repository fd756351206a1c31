#!/bin/sh
# Makes or updates the virtual environment: venv.sh PYTHON VENV REQUIREMENTS. One clear line when it can't.
python=$1 venv=$2 requirements=$3
if ! command -v "$python" >/dev/null 2>&1; then
  echo "Python is missing: install Python 3.11 or newer (Debian, Ubuntu: apt install python3 python3-venv)." >&2
  exit 1
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  echo "Python $("$python" -c 'import platform; print(platform.python_version())') is too old: install 3.11 or newer, or name one with make PYTHON=python3.12 ..." >&2
  exit 1
fi
if [ ! -x "$venv/bin/pip" ]; then
  if ! "$python" -m venv "$venv" >/dev/null 2>&1; then
    rm -rf "$venv"
    echo "Python's venv module is missing: run 'apt install python3-venv', then try again." >&2
    exit 1
  fi
fi
echo "Installing what $requirements names…"
"$venv/bin/pip" install --quiet --disable-pip-version-check -r "$requirements"
