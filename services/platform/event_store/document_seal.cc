#include "services/platform/event_store/document_seal.h"

#include <openssl/rand.h>

#include <cstdio>
#include <cstdlib>

namespace kkr::platform {
namespace {

constexpr std::size_t kSaltBytes = 16;

std::string fresh_salt() {
  std::string salt(kSaltBytes, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(salt.data()), kSaltBytes) != 1) std::abort();
  return salt;
}

std::string digest_of(const DocumentWrite& write) {
  if (!write.value) return {};
  return std::string(as_bytes(document_digest(write.salt, write.key, *write.value)));
}

}  // namespace

Hash document_digest(std::string_view salt, std::string_view key, std::string_view value) {
  return Sha256().field(salt).field(key).field(value).finish();
}

v1::DocumentDigest seal_document(DocumentWrite& write) {
  write.salt = write.value ? fresh_salt() : std::string();
  v1::DocumentDigest named;
  named.set_key(write.key);
  named.set_digest(digest_of(write));
  return named;
}

std::map<std::string, SealedDocument> sealed_documents(const Batch& batch) {
  std::map<std::string, SealedDocument> sealed;
  if (batch.documents.empty()) return sealed;
  std::uint64_t position = batch.expected.position;
  for (const auto& event : batch.events) {
    ++position;
    v1::EventMetadata metadata;
    if (!metadata.ParseFromString(event.metadata)) continue;
    for (const auto& named : metadata.documents()) sealed[named.key()] = {position, named.digest()};
  }
  std::map<std::string_view, std::string> written;
  for (const auto& write : batch.documents) written[write.key] = digest_of(write);
  for (const auto& [key, digest] : written) {
    const auto named = sealed.find(std::string(key));
    if (named == sealed.end() || named->second.digest != digest) {
      std::fprintf(stderr, "no event of the batch names document '%s' as it is written\n",
                   std::string(key).c_str());
      std::abort();
    }
  }
  return sealed;
}

}  // namespace kkr::platform
