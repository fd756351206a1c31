"""Which addresses of the network may be asked: public ones, on the web's usual ports. Pure.

Otherwise a link in a page would make the server knock at its own neighbours' doors.
"""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

# RFC 6052.
NAT64 = IPv6Network("64:ff9b::/96")
PORTS = frozenset({80, 443, 8080, 8443})


def is_public(address: str, *, allow_loopback: bool = False) -> bool:
    """Whether a numeric address is one of the open network."""
    try:
        known = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    real = _inner(known)
    if allow_loopback and real.is_loopback:
        return True
    return real.is_global and not real.is_multicast


def _inner(known: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The address of the older kind that one of the newer kind may carry inside."""
    if isinstance(known, IPv4Address):
        return known
    if known.ipv4_mapped:
        return known.ipv4_mapped
    if known.sixtofour:
        return known.sixtofour
    if known in NAT64:
        return IPv4Address(int(known) & 0xFFFFFFFF)
    return known


def may_ask_port(port: int, *, allow_loopback: bool = False) -> bool:
    """Whether this port is one of the web's; any on the own machine, where that is allowed."""
    return allow_loopback or port in PORTS
