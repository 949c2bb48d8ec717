#include "services/platform/attachments/postgres_attachment_store.h"

#include "services/platform/attachments/admission.h"

namespace kkr::platform {
namespace {

constexpr char kPut[] =
    "INSERT INTO attachments (region, sha256, media_type, size_bytes, content) "
    "VALUES ($1::text, $2::bytea, $3::text, $4::bigint, $5::bytea) ON CONFLICT DO NOTHING";
constexpr char kGet[] =
    "SELECT content FROM attachments WHERE region = $1::text AND sha256 = $2::bytea";
constexpr char kDescribe[] =
    "SELECT size_bytes, media_type FROM attachments WHERE region = $1::text AND sha256 = $2::bytea";
constexpr char kErase[] = "DELETE FROM attachments WHERE region = $1::text AND sha256 = $2::bytea";
constexpr char kList[] =
    "SELECT sha256 FROM attachments WHERE region = $1::text AND sha256 > $2::bytea "
    "ORDER BY sha256 LIMIT $3::bigint";

AttachmentFailure attachment_failure(const PostgresError& error) {
  switch (failure_for(error)) {
    case StoreFailure::kStorageFull: return AttachmentFailure::kStorageFull;
    case StoreFailure::kDamaged: return AttachmentFailure::kDamaged;
    case StoreFailure::kUnavailable:
    case StoreFailure::kOutcomeUnknown:
    case StoreFailure::kNotHolder:
    case StoreFailure::kConflict: break;
  }
  return AttachmentFailure::kUnavailable;
}

}  // namespace

PostgresParameters PostgresAttachmentStore::keyed(const Hash& sha256) const {
  PostgresParameters parameters;
  parameters.text(region_).hash(sha256);
  return parameters;
}

AttachmentResult<PostgresRows> PostgresAttachmentStore::run(const char* sql,
                                                            const PostgresParameters& parameters) {
  auto taken = pool_.take();
  if (const auto* error = std::get_if<PostgresError>(&taken)) return attachment_failure(*error);
  auto result = std::get<PostgresPool::Handle>(taken)->run(sql, parameters);
  if (const auto* error = std::get_if<PostgresError>(&result)) return attachment_failure(*error);
  return std::move(std::get<PostgresRows>(result));
}

AttachmentResult<StoredAttachment> PostgresAttachmentStore::put(std::string_view content,
                                                                std::string_view file_name) {
  auto admitted = admit(content, file_name);
  const auto* stored = std::get_if<StoredAttachment>(&admitted);
  if (stored == nullptr) return admitted;
  const auto put =
      run(kPut,
          keyed(stored->sha256).text(stored->media_type).number(stored->size_bytes).bytes(content));
  if (const auto* failure = std::get_if<AttachmentFailure>(&put)) return *failure;
  return describe(stored->sha256);  // Kept before under another name, it keeps its type.
}

AttachmentResult<std::string> PostgresAttachmentStore::get(const Hash& sha256) {
  const auto found = run(kGet, keyed(sha256));
  if (const auto* failure = std::get_if<AttachmentFailure>(&found)) return *failure;
  const auto& rows = std::get<PostgresRows>(found);
  if (rows.empty()) return AttachmentFailure::kNotFound;
  std::string content(rows.text(0, 0));
  if (sha256_of(content) != sha256) return AttachmentFailure::kDamaged;
  return content;
}

AttachmentResult<StoredAttachment> PostgresAttachmentStore::describe(const Hash& sha256) {
  const auto found = run(kDescribe, keyed(sha256));
  if (const auto* failure = std::get_if<AttachmentFailure>(&found)) return *failure;
  const auto& rows = std::get<PostgresRows>(found);
  if (rows.empty()) return AttachmentFailure::kNotFound;
  return StoredAttachment{sha256, rows.number(0, 0), std::string(rows.text(0, 1))};
}

AttachmentResult<std::monostate> PostgresAttachmentStore::erase(const Hash& sha256) {
  const auto erased = run(kErase, keyed(sha256));
  if (const auto* failure = std::get_if<AttachmentFailure>(&erased)) return *failure;
  return std::monostate();
}

AttachmentResult<std::vector<Hash>> PostgresAttachmentStore::list(const Hash& after,
                                                                  std::size_t limit) {
  const auto found = run(kList, keyed(after).number(limit));
  if (const auto* failure = std::get_if<AttachmentFailure>(&found)) return *failure;
  const auto& rows = std::get<PostgresRows>(found);
  std::vector<Hash> digests;
  for (int row = 0; row < rows.size(); ++row) digests.push_back(rows.hash(row, 0));
  return digests;
}

PostgresAttachmentCopy::PostgresAttachmentCopy(PostgresConnection& connection, std::string region)
    : region_(std::move(region)),
      copy_(connection, "attachments (region, sha256, media_type, size_bytes, content)") {}

std::optional<PostgresError> PostgresAttachmentCopy::add(const StoredAttachment& attachment,
                                                         std::string_view content) {
  return copy_.add(PostgresParameters()
                       .text(region_)
                       .hash(attachment.sha256)
                       .text(attachment.media_type)
                       .number(attachment.size_bytes)
                       .bytes(content));
}

}  // namespace kkr::platform
