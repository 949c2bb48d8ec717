#include "services/platform/mail/dkim_signer.h"

#define _Bool bool  // The header speaks C in C++ too.
#include <opendkim/dkim.h>
#undef _Bool
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <array>
#include <utility>
#include <vector>

namespace kkr::platform {
namespace {

constexpr std::array kSignedFields = {
    "From",       "To",           "Subject",      "Date",
    "Message-ID", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"};
constexpr std::size_t kSignatureMargin = 16;  // The length of `DKIM-Signature: `.
constexpr int kRsaBitsMin = 1024;             // As RFC 8301 asks of a signer.

// The library's interface is of C and takes `unsigned char*`, also for what it only reads.
unsigned char* bytes(const std::string& text) {
  return reinterpret_cast<unsigned char*>(const_cast<char*>(text.data()));
}

struct FreeSigning {
  void operator()(DKIM* signing) const { dkim_free(signing); }
};
using Signing = std::unique_ptr<DKIM, FreeSigning>;

MailFault cannot_sign(DKIM_STAT status) {
  return {std::string("The mail could not be signed: ") + dkim_getresultstr(status) + "."};
}

bool is_rsa_key(const std::string& pem) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> source(
      BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free);
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
      PEM_read_bio_PrivateKey(source.get(), nullptr, nullptr, nullptr), &EVP_PKEY_free);
  return key != nullptr && EVP_PKEY_base_id(key.get()) == EVP_PKEY_RSA &&
         EVP_PKEY_bits(key.get()) >= kRsaBitsMin;
}

// Gives the signing each field, folded as it is but without the end of its last line.
DKIM_STAT give_fields(DKIM* signing, const std::string& head) {
  for (std::size_t begin = 0; begin < head.size();) {
    std::size_t end = head.find("\r\n", begin);
    while (end + 2 < head.size() && (head[end + 2] == ' ' || head[end + 2] == '\t')) {
      end = head.find("\r\n", end + 2);
    }
    const DKIM_STAT status = dkim_header(signing, bytes(head) + begin, end - begin);
    if (status != DKIM_STAT_OK) return status;
    begin = end + 2;
  }
  return dkim_eoh(signing);
}

}  // namespace

struct DkimSigner::Library {
  DKIM_LIB* handle = dkim_init(nullptr, nullptr);

  ~Library() {
    if (handle != nullptr) dkim_close(handle);
  }
  bool set_fields() const {
    std::vector<const char*> fields(kSignedFields.begin(), kSignedFields.end());
    fields.push_back(nullptr);
    std::array<const char*, 2> twice = {"From", nullptr};
    return dkim_options(handle, DKIM_OP_SETOPT, DKIM_OPTS_SIGNHDRS, fields.data(),
                        sizeof(char**)) == DKIM_STAT_OK &&
           dkim_options(handle, DKIM_OP_SETOPT, DKIM_OPTS_OVERSIGNHDRS, twice.data(),
                        sizeof(char**)) == DKIM_STAT_OK;
  }
};

DkimSigner::DkimSigner(DkimKey key, std::unique_ptr<Library> library)
    : key_(std::move(key)), library_(std::move(library)) {}

DkimSigner::~DkimSigner() = default;

std::variant<std::unique_ptr<DkimSigner>, MailFault> DkimSigner::create(DkimKey key) {
  auto library = std::make_unique<Library>();
  if (!is_rsa_key(key.private_key)) {
    return MailFault{"The DKIM key is not a private RSA key in PEM of at least 1024 bits."};
  }
  if (library->handle == nullptr || !library->set_fields()) {
    return MailFault{"The DKIM library cannot be set up."};
  }
  return std::unique_ptr<DkimSigner>(new DkimSigner(std::move(key), std::move(library)));
}

std::variant<std::string, MailFault> DkimSigner::sign(const std::string& mail) const {
  const std::size_t blank = mail.find("\r\n\r\n");
  if (blank == std::string::npos) return MailFault{"A mail without a body cannot be signed."};
  DKIM_STAT status = DKIM_STAT_OK;
  const std::string id = "mail";
  const Signing signing(dkim_sign(library_->handle, bytes(id), nullptr, bytes(key_.private_key),
                                  bytes(key_.selector), bytes(key_.domain), DKIM_CANON_RELAXED,
                                  DKIM_CANON_RELAXED, DKIM_SIGN_RSASHA256, -1, &status));
  if (signing == nullptr) return cannot_sign(status);
  status = give_fields(signing.get(), mail.substr(0, blank + 2));
  if (status == DKIM_STAT_OK) {
    status = dkim_body(signing.get(), bytes(mail) + blank + 4, mail.size() - blank - 4);
  }
  if (status == DKIM_STAT_OK) status = dkim_eom(signing.get(), nullptr);
  unsigned char* signature = nullptr;
  std::size_t length = 0;
  if (status == DKIM_STAT_OK) {
    status = dkim_getsighdr_d(signing.get(), kSignatureMargin, &signature, &length);
  }
  if (status != DKIM_STAT_OK) return cannot_sign(status);
  return "DKIM-Signature: " + std::string(reinterpret_cast<const char*>(signature), length) +
         "\r\n" + mail;
}

}  // namespace kkr::platform
