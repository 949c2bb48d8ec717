#include "services/registry/api/rejection_status.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "services/platform/grpc/error_status.h"

namespace kkr::registry {
namespace {

TEST(RejectionStatus, HasAReasonOfItsOwnForEveryRejection) {
  std::set<std::string> reasons;
  constexpr int kLast = static_cast<int>(Rejection::kImportInvalid);
  for (int i = 0; i <= kLast; ++i) {
    const grpc::Status status = to_status(refuse(static_cast<Rejection>(i)));
    EXPECT_NE(status.error_code(), grpc::StatusCode::INTERNAL) << i;
    EXPECT_TRUE(reasons.insert(platform::reason_of(status)).second) << platform::reason_of(status);
  }
}

TEST(RejectionStatus, FillsTheSentenceFromTheDetails) {
  const grpc::Status status =
      to_status(refuse(Rejection::kMemberOfAnotherRegion,
                       {{"region", "regions/sjaelland"}, {"from_date", "2007-01-01"}}));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(status.error_message(),
            "It belongs to regions/sjaelland from 2007-01-01; a municipality is in one region at a "
            "time.");
}

}  // namespace
}  // namespace kkr::registry
