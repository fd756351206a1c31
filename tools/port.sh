#!/bin/sh
# Says in one line that a port is taken: port.sh PYTHON PORT.
python=$1 port=$2
command -v "$python" >/dev/null 2>&1 || exit 0
"$python" - "$port" <<'PY' || { echo "Port $port is taken: stop what uses it, or choose another with 'make run PORT=8001'." >&2; exit 1; }
import socket
import sys

with socket.socket() as probe:
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        probe.bind(("0.0.0.0", int(sys.argv[1])))
    except (OSError, OverflowError, ValueError):
        sys.exit(1)
PY
