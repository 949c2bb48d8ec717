// The event store contract over PostgreSQL: a real server, one for all.
#include "services/platform/event_store/postgres_event_store.h"
#include "tests/contract/event_store_contract.h"
#include "tests/contract/postgres_test_schema.h"

namespace kkr::platform {
namespace {

class PostgresRig final : public EventStoreRig {
 public:
  EventStore& store() override { return *store_; }
  void reopen() override {
    store_.reset();
    store_ = open();
  }

 private:
  std::unique_ptr<PostgresEventStore> open() {
    return std::move(std::get<0>(
        PostgresEventStore::open(schema_.pool(), {.service = "test", .region = "hovedstaden"})));
  }

  PostgresTestSchema schema_;
  std::unique_ptr<PostgresEventStore> store_ = open();
};

INSTANTIATE_TEST_SUITE_P(Postgres, EventStoreContract, testing::Values([] {
                           return std::unique_ptr<EventStoreRig>(std::make_unique<PostgresRig>());
                         }));

}  // namespace
}  // namespace kkr::platform
