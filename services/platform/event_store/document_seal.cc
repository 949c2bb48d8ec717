#include "services/platform/event_store/document_seal.h"

#include <openssl/rand.h>

#include <array>
#include <cstdio>
#include <cstdlib>

namespace kkr::platform {
namespace {

constexpr std::size_t kSaltBytes = 16;

// Random bytes are drawn for many salts at a time: a draw costs more than its bytes.
std::string fresh_salt() {
  thread_local std::array<char, kSaltBytes * 64> drawn;
  thread_local std::size_t used = drawn.size();
  if (used == drawn.size()) {
    auto* bytes = reinterpret_cast<unsigned char*>(drawn.data());
    if (RAND_bytes(bytes, static_cast<int>(drawn.size())) != 1) std::abort();
    used = 0;
  }
  std::string salt(drawn.data() + used, kSaltBytes);
  used += kSaltBytes;
  return salt;
}

}  // namespace

Hash document_digest(std::string_view salt, std::string_view key, std::string_view value) {
  thread_local Sha256 sha256;
  return sha256.field(salt).field(key).field(value).finish();
}

v1::DocumentDigest seal_document(DocumentWrite& write) {
  write.salt.clear();
  write.digest.clear();
  if (write.value) {
    write.salt = fresh_salt();
    write.digest = as_bytes(document_digest(write.salt, write.key, *write.value));
  }
  v1::DocumentDigest named;
  named.set_key(write.key);
  named.set_digest(write.digest);
  return named;
}

std::map<std::string_view, NamedDocument> named_documents(const Batch& batch) {
  std::map<std::string_view, NamedDocument> documents;
  if (batch.documents.empty()) return documents;
  for (const auto& write : batch.documents) documents[write.key].write = &write;
  std::uint64_t position = batch.expected.position;
  v1::EventMetadata metadata;  // One for all: it keeps its memory.
  for (const auto& event : batch.events) {
    ++position;
    if (!metadata.ParseFromString(event.metadata)) continue;
    for (const auto& named : metadata.documents()) {
      const auto found = documents.find(named.key());
      if (found == documents.end()) continue;
      NamedDocument& document = found->second;
      document.position = named.digest() == document.write->digest ? position : 0;
    }
  }
  for (const auto& [key, document] : documents) {
    if (document.position > 0) continue;
    std::fprintf(stderr, "no event of the batch names document '%s' as it is written\n",
                 std::string(key).c_str());
    std::abort();
  }
  return documents;
}

}  // namespace kkr::platform
