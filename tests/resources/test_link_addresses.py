"""Which addresses of the network are asked."""

import pytest

from resources.links.addresses import is_public, may_ask_port


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "203.162.4.190", "2001:4860:4860::8888", "::ffff:8.8.8.8", "64:ff9b::808:808"],
)
def test_open_network_is_asked(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.5.5", "192.168.1.1", "169.254.169.254", "0.0.0.0",
        "100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "ff02::1", "198.18.0.1",
        "khong phai",
    ],
)  # fmt: skip
def test_inner_network_is_not(address):
    assert not is_public(address)


def test_own_machine_is_asked_only_where_it_is_allowed():
    assert [is_public(one, allow_loopback=True) for one in ("127.0.0.1", "::1", "10.0.0.1")] == [
        True, True, False,
    ]  # fmt: skip
    assert [may_ask_port(port) for port in (80, 443, 8080, 22, 6379)] == [
        True,
        True,
        True,
        False,
        False,
    ]
    assert may_ask_port(40123, allow_loopback=True)
