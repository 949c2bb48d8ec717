// Attachments as rows beside the log they belong to, in the schema of its service. What is erased
// is gone from the table at once, and from PostgreSQL's files with its next VACUUM of the table.
#pragma once

#include <optional>
#include <string>

#include "services/platform/attachments/attachment_store.h"
#include "services/platform/postgres/postgres_copy.h"
#include "services/platform/postgres/postgres_pool.h"

namespace kkr::platform {

class PostgresAttachmentStore final : public AttachmentStore {
 public:
  // `pool`, of connections to the service's schema, must outlive the store.
  PostgresAttachmentStore(PostgresPool& pool, std::string region)
      : pool_(pool), region_(std::move(region)) {}

  AttachmentResult<StoredAttachment> put(std::string_view content,
                                         std::string_view file_name) override;
  AttachmentResult<std::string> get(const Hash& sha256) override;
  AttachmentResult<StoredAttachment> describe(const Hash& sha256) override;
  AttachmentResult<std::monostate> erase(const Hash& sha256) override;
  AttachmentResult<std::vector<Hash>> list(const Hash& after, std::size_t limit) override;

 private:
  AttachmentResult<PostgresRows> run(const char* sql, const PostgresParameters& parameters);
  PostgresParameters keyed(const Hash& sha256) const;

  PostgresPool& pool_;
  const std::string region_;
};

// Attachments of a log that is being made, in the open transaction of a connection.
class PostgresAttachmentCopy {
 public:
  // The connection, to the service's schema, must outlive this.
  PostgresAttachmentCopy(PostgresConnection& connection, std::string region);

  // `content` has the digest that `attachment` says. The error may be that of an earlier one.
  std::optional<PostgresError> add(const StoredAttachment& attachment, std::string_view content);
  // Sends what is still held.
  std::optional<PostgresError> finish() { return copy_.finish(); }

 private:
  const std::string region_;
  PostgresCopy copy_;
};

}  // namespace kkr::platform
