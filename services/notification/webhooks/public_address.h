// Which addresses a webhook may be sent to: those that anybody on the Internet can reach. What
// stands in a network of ours, or in the machine itself, must not be reached by somebody who can
// register an address with us.
#pragma once

#include <sys/socket.h>

namespace kkr::notification {

// False for loopback, private, shared, link-local, multicast, documentation and reserved addresses,
// for those of IPv6 that stand for such a one of IPv4, and for anything that is no IP address.
bool is_public_address(const sockaddr& address);

}  // namespace kkr::notification
