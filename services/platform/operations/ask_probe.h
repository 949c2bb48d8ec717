// Asks a process of this machine how it is: what an image's health check runs, so that the image
// needs neither a shell nor an HTTP client.
#pragma once

#include <optional>
#include <string>

namespace kkr::platform {

// Asks for `path`, such as /healthz, where the process listens. Nothing when it answers 200 within
// 3 s, else what was wrong, in a sentence. An address that means "everywhere" is asked at loopback.
std::optional<std::string> ask_probe(const std::string& listen_address, const std::string& path);

}  // namespace kkr::platform
