"""Gunicorn: threads, since pages wait for the database and the disk far more than they compute."""

import os

wsgi_app = "config.wsgi:application"
pythonpath = "site"
bind = os.environ.get("BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "8"))
timeout = 60
accesslog = "-" if os.environ.get("ACCESS_LOG") else None
# A worker that is full leaves new connections to the others: by default the first to wake takes a rush whole,
# while the next one stands idle.
worker_connections = 2 * threads
