// The attachment store contract over PostgreSQL, and what only a table can do wrong.
#include <gmock/gmock.h>

#include "services/platform/attachments/postgres_attachment_store.h"
#include "tests/contract/attachment_store_contract.h"
#include "tests/contract/postgres_test_schema.h"

namespace kkr::platform {
namespace {

class PostgresRig final : public AttachmentStoreRig {
 public:
  AttachmentStore& store() override { return store_; }

 private:
  PostgresTestSchema schema_;
  PostgresAttachmentStore store_{schema_.pool(), "hovedstaden"};
};

INSTANTIATE_TEST_SUITE_P(Postgres, AttachmentStoreContract, testing::Values([] {
                           return std::unique_ptr<AttachmentStoreRig>(
                               std::make_unique<PostgresRig>());
                         }));

TEST(PostgresAttachmentStore, KeepsTheFilesOfRegionsApart) {
  PostgresTestSchema schema;
  PostgresAttachmentStore here(schema.pool(), "hovedstaden");
  PostgresAttachmentStore there(schema.pool(), "nordjylland");
  const auto kept = std::get<StoredAttachment>(here.put("Ingen bemærkninger.", "svar.txt"));
  EXPECT_EQ(std::get<AttachmentFailure>(there.get(kept.sha256)), AttachmentFailure::kNotFound);
  there.erase(kept.sha256);
  EXPECT_EQ(std::get<std::string>(here.get(kept.sha256)), "Ingen bemærkninger.");
}

TEST(PostgresAttachmentStore, NeverServesAFileThatWasChangedBehindItsBack) {
  PostgresTestSchema schema;
  PostgresAttachmentStore store(schema.pool(), "hovedstaden");
  const auto kept = std::get<StoredAttachment>(store.put("Ingen bemærkninger.", "svar.txt"));
  schema.execute("UPDATE attachments SET content = 'Nej'");
  EXPECT_EQ(std::get<AttachmentFailure>(store.get(kept.sha256)), AttachmentFailure::kDamaged);
}

}  // namespace
}  // namespace kkr::platform
