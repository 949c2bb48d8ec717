#include "services/notification/api/rejection_status.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "services/platform/grpc/error_status.h"

namespace kkr::notification {
namespace {

// The last one of the enumeration.
constexpr int kLast = static_cast<int>(Rejection::kDateAfterDeadline);

TEST(RejectionStatus, TellsEachRejectionByAReasonOfItsOwn) {
  std::set<std::string> reasons;
  for (int i = 0; i <= kLast; ++i) {
    const grpc::Status status = to_status(refusal(static_cast<Rejection>(i)));
    EXPECT_NE(status.error_code(), grpc::StatusCode::INTERNAL) << i;
    EXPECT_FALSE(status.error_message().empty()) << i;
    reasons.insert(platform::reason_of(status));
  }
  EXPECT_EQ(reasons.size(), static_cast<std::size_t>(kLast) + 1);
}

}  // namespace
}  // namespace kkr::notification
