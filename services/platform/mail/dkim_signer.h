// Signs mails with the RSA key of a domain (DKIM, RFC 6376). Publishing the key in the DNS is the
// administrator's. Not Ed25519: libopendkim loses memory with every such signature.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "services/platform/mail/compose.h"

namespace kkr::platform {

struct DkimKey {
  std::string domain;       // Of the address in From.
  std::string selector;     // The key stands at `{selector}._domainkey.{domain}`.
  std::string private_key;  // PEM, RSA of at least 1024 bits.
};

class DkimSigner {
 public:
  // The fault says what is wrong with the key.
  static std::variant<std::unique_ptr<DkimSigner>, MailFault> create(DkimKey key);
  ~DkimSigner();
  DkimSigner(const DkimSigner&) = delete;
  DkimSigner& operator=(const DkimSigner&) = delete;

  // The mail with its signature in front. From, To, Subject, Date, Message-ID and the MIME fields
  // are signed; From is signed once more than it stands there, so that none can be added.
  // May be called by several threads at once.
  std::variant<std::string, MailFault> sign(const std::string& mail) const;

 private:
  struct Library;
  DkimSigner(DkimKey key, std::unique_ptr<Library> library);

  const DkimKey key_;
  const std::unique_ptr<Library> library_;
};

}  // namespace kkr::platform
