// An authority of a test's own, and the certificates it gives.
#pragma once

#include <filesystem>
#include <string>

namespace kkr::processes {

class Authority {
 public:
  // Makes the authority's key and certificate in `folder`, which is created.
  explicit Authority(std::filesystem::path folder);

  // PEM.
  std::filesystem::path certificate() const { return folder_ / "authority.pem"; }

  // Gives `name` a certificate, valid as a server's and as a client's: writes `certificate.pem`,
  // `key.pem` and the `authorities.pem` to believe into `folder`, which is created. `dns_name` is
  // the name it is valid for, such as `kkr-registry`.
  void give(const std::filesystem::path& folder, const std::string& dns_name) const;

 private:
  const std::filesystem::path folder_;
};

}  // namespace kkr::processes
