#include "tests/contract/lease_table_contract.h"

#include <array>
#include <atomic>

#include "services/platform/lease/memory_lease_table.h"

namespace kkr::platform {
namespace {

class MemoryRig final : public LeaseTableRig {
 public:
  LeaseTable& table_of(std::size_t replica) override { return tables_.at(replica); }
  void want_write_version(std::uint64_t version) override { rows_.want_write_version(version); }
  void pass(std::chrono::milliseconds time) override { passed_ += time.count(); }

 private:
  std::atomic<std::int64_t> passed_ = 0;  // In milliseconds.
  MemoryLeaseRows rows_{[this] {
    return std::chrono::steady_clock::time_point() + std::chrono::milliseconds(passed_);
  }};
  std::array<MemoryLeaseTable, 3> tables_{MemoryLeaseTable(rows_), MemoryLeaseTable(rows_),
                                          MemoryLeaseTable(rows_)};
};

std::unique_ptr<LeaseTableRig> memory_lease_rig() { return std::make_unique<MemoryRig>(); }

INSTANTIATE_TEST_SUITE_P(Memory, LeaseTableContract, testing::Values(memory_lease_rig));

}  // namespace
}  // namespace kkr::platform
