#include "services/platform/network/tls_files.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <memory>

namespace kkr::platform {
namespace {

template <auto free>
struct Freed {
  template <class T>
  void operator()(T* object) const {
    free(object);
  }
};
using File = std::unique_ptr<BIO, Freed<BIO_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;

File open(const std::string& path) { return File(BIO_new_file(path.c_str(), "r")); }

// The first one in the file; null when there is none.
Certificate read_certificate(const std::string& path) {
  const File file = open(path);
  return Certificate(file ? PEM_read_bio_X509(file.get(), nullptr, nullptr, nullptr) : nullptr);
}

Key read_key(const std::string& path) {
  const File file = open(path);
  return Key(file ? PEM_read_bio_PrivateKey(file.get(), nullptr, nullptr, nullptr) : nullptr);
}

}  // namespace

std::vector<std::string> problems_of(const TlsFiles& files) {
  if (files.none()) return {};
  if (files.certificate.empty() || files.key.empty() || files.authorities.empty())
    return {"A certificate, its key and the authorities are given together or not at all."};
  std::vector<std::string> problems;
  const Certificate certificate = read_certificate(files.certificate);
  const Key key = read_key(files.key);
  if (certificate == nullptr)
    problems.push_back("There is no certificate in '" + files.certificate + "'.");
  if (key == nullptr) problems.push_back("There is no private key in '" + files.key + "'.");
  if (read_certificate(files.authorities) == nullptr)
    problems.push_back("There is no certificate in '" + files.authorities + "'.");
  if (certificate && key && X509_check_private_key(certificate.get(), key.get()) != 1)
    problems.push_back("The key in '" + files.key + "' is not that of the certificate in '" +
                       files.certificate + "'.");
  if (certificate && X509_cmp_current_time(X509_get0_notAfter(certificate.get())) < 0)
    problems.push_back("The certificate in '" + files.certificate + "' has run out.");
  ERR_clear_error();  // What was found is told; a later caller must not find it again.
  return problems;
}

}  // namespace kkr::platform
