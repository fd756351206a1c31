"""What happens to requests, for whoever has to tell people of it."""

from django.dispatch import Signal

# Sent after the commit, with `request` (DataRequest) and `event` (DataRequestEvent).
request_moved = Signal()
