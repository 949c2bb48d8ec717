#include "services/consultation/api/rejection_status.h"

#include <set>

#include "gtest/gtest.h"
#include "services/platform/grpc/error_status.h"

namespace kkr::consultation {
namespace {

TEST(RejectionStatus, GivesEachRejectionAReasonOfItsOwn) {
  std::set<std::string> reasons;
  for (int i = 0; i <= static_cast<int>(Rejection::kNobodyInvited); ++i) {
    const grpc::Status status = to_status(refusal(static_cast<Rejection>(i)));
    EXPECT_NE(status.error_code(), grpc::StatusCode::INTERNAL) << i;
    EXPECT_NE(status.error_message(), "") << i;
    EXPECT_TRUE(reasons.insert(platform::reason_of(status)).second) << platform::reason_of(status);
  }
}

TEST(RejectionStatus, TellsCodeAndReason) {
  const grpc::Status stale = to_status(refusal(Rejection::kEtagStale));
  EXPECT_EQ(stale.error_code(), grpc::StatusCode::ABORTED);
  EXPECT_EQ(platform::reason_of(stale), "ETAG_STALE");
  const grpc::Status closed = to_status(refusal(Rejection::kRoundNotOpen));
  EXPECT_EQ(closed.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(platform::reason_of(closed), "ROUND_NOT_OPEN");
}

TEST(RejectionStatus, NamesTheFieldToBlame) {
  const grpc::Status status = to_status(refusal(
      Rejection::kArgumentInvalid, {{"field", "round.title"}, {"rule", "1 to 300 characters"}}));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_NE(status.error_details().find("round.title"), std::string::npos);
  EXPECT_NE(status.error_details().find("BadRequest"), std::string::npos);
}

}  // namespace
}  // namespace kkr::consultation
