// The files by which a process shows who it is and knows its peers. They may be replaced while it
// runs: put the new ones beside the old and swap a symbolic link, as Kubernetes does with secrets,
// so that a certificate never stands beside another one's key.
#pragma once

#include <string>
#include <vector>

namespace kkr::platform {

struct TlsFiles {
  std::string certificate;  // PEM: its own, then any between it and the authority.
  std::string key;          // PEM, of the first certificate.
  std::string authorities;  // PEM: those whose certificates are believed, of callers and of called.

  bool none() const { return certificate.empty() && key.empty() && authorities.empty(); }
};

// What is wrong with them, as sentences: one of the three is missing or cannot be read, the key is
// not the certificate's, or the certificate has run out. Nothing for none().
std::vector<std::string> problems_of(const TlsFiles& files);

}  // namespace kkr::platform
