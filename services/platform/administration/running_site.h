// Administration of the site that runs in this process. Commands go first: everything is read in
// slices, whenever a store is idle.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "services/platform/administration/site_copy.h"
#include "services/platform/embedded/embedded_ports.h"

namespace kkr::platform {

class RunningSite {
 public:
  // `ports` must outlive this. `services` stand in order of need; `anchor` may be empty.
  RunningSite(EmbeddedPorts& ports, std::vector<std::string> services,
              std::filesystem::path anchor);

  // Checks a copy of every log, made for this purpose and removed afterwards, because a store in
  // use cannot be checked as a whole. `anchor` is the file to compare with; empty: the site's own.
  AdminResult<v1::VerifyResponse> verify(const std::filesystem::path& anchor) const;
  // See copy_site().
  AdminResult<v1::BackUpResponse> back_up(const std::filesystem::path& folder) const;

 private:
  v1::LogReport check(const EmbeddedPorts::OpenStores& stores, const std::filesystem::path& scratch,
                      const std::filesystem::path& anchor) const;

  EmbeddedPorts& ports_;
  const std::vector<std::string> services_;
  const std::filesystem::path anchor_;
};

}  // namespace kkr::platform
