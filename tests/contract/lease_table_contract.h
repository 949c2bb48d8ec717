// What every lease table must do, whatever it keeps its rows in. An adapter joins by one line:
//   INSTANTIATE_TEST_SUITE_P(Memory, LeaseTableContract, testing::Values(memory_lease_rig));
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>

#include "services/platform/lease/lease_table.h"

namespace kkr::platform {

// An empty table for one test, with the ways of three replicas to it.
class LeaseTableRig {
 public:
  virtual ~LeaseTableRig() = default;
  virtual LeaseTable& table_of(std::size_t replica) = 0;
  // Has facts of up to this version be written, whoever reads less.
  virtual void want_write_version(std::uint64_t version) = 0;
  // Lets the table's clock go on.
  virtual void pass(std::chrono::milliseconds time) = 0;
};
using MakeLeaseTableRig = std::unique_ptr<LeaseTableRig> (*)();

class LeaseTableContract : public testing::TestWithParam<MakeLeaseTableRig> {
 protected:
  static constexpr std::chrono::milliseconds kTimeToLive{400};
  static constexpr std::size_t kA = 0, kB = 1, kC = 2;

  static Replica replica(std::size_t which);
  LeaseTable& table(std::size_t which) { return rig_->table_of(which); }
  LeaseView renew(std::size_t which);
  std::optional<std::uint64_t> take(std::size_t which, const std::string& region,
                                    std::uint64_t seen);
  // The row of `region` as `which` sees it, which renews it; epoch 0 when there is none.
  LeaseRow row(std::size_t which, const std::string& region);
  void want_write_version(std::uint64_t version) { rig_->want_write_version(version); }
  void pass(std::chrono::milliseconds time) { rig_->pass(time); }

 private:
  const std::unique_ptr<LeaseTableRig> rig_ = GetParam()();
};

}  // namespace kkr::platform
