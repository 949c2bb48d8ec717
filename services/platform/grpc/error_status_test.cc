#include "services/platform/grpc/error_status.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "services/platform/grpc/failure_status.h"

namespace kkr::platform {
namespace {

TEST(ErrorStatus, HoldsExactlyOneErrorInfo) {
  const grpc::Status status = error_status(grpc::StatusCode::FAILED_PRECONDITION, "ROUND_NOT_OPEN",
                                           "The round is closed.", {{"round", "r1"}});
  EXPECT_EQ(status.error_message(), "The round is closed.");
  google::rpc::Status details;
  ASSERT_TRUE(details.ParseFromString(status.error_details()));
  EXPECT_EQ(details.code(), 9);
  EXPECT_EQ(details.message(), "The round is closed.");
  ASSERT_EQ(details.details_size(), 1);
  google::rpc::ErrorInfo info;
  ASSERT_TRUE(details.details(0).UnpackTo(&info));
  EXPECT_EQ(info.reason(), "ROUND_NOT_OPEN");
  EXPECT_EQ(info.domain(), "kkr");
  EXPECT_EQ(info.metadata().at("round"), "r1");
}

TEST(ErrorStatus, IsFoundAgainByItsReason) {
  EXPECT_EQ(reason_of(error_status(grpc::StatusCode::ABORTED, "ETAG_STALE", "Stale.")),
            "ETAG_STALE");
  EXPECT_EQ(reason_of(grpc::Status::OK), "");
  EXPECT_EQ(reason_of(grpc::Status(grpc::StatusCode::UNKNOWN, "other", "not a status")), "");
}

TEST(RefusalStatus, BlamesTheFieldItsDetailsName) {
  const OutwardRefusal outward{grpc::StatusCode::INVALID_ARGUMENT, "ARGUMENT_INVALID",
                               "An argument is wrong."};
  const grpc::Status status = refusal_status(outward, {{"field", "title"}, {"rule", "one line"}});
  EXPECT_EQ(status.error_message(), "An argument is wrong.");
  google::rpc::Status details;
  ASSERT_TRUE(details.ParseFromString(status.error_details()));
  ASSERT_EQ(details.details_size(), 2);
  google::rpc::BadRequest blamed;
  ASSERT_TRUE(details.details(1).UnpackTo(&blamed));
  ASSERT_EQ(blamed.field_violations_size(), 1);
  EXPECT_EQ(blamed.field_violations(0).field(), "title");
  EXPECT_EQ(blamed.field_violations(0).description(), "one line");
}

TEST(RefusalStatus, CanHaveASentenceOfItsOwn) {
  const OutwardRefusal outward{grpc::StatusCode::ABORTED, "ETAG_STALE", "It has changed."};
  const grpc::Status status = refusal_status(outward, {}, "Ballerup has changed it.");
  EXPECT_EQ(status.error_code(), grpc::StatusCode::ABORTED);
  EXPECT_EQ(reason_of(status), "ETAG_STALE");
  EXPECT_EQ(status.error_message(), "Ballerup has changed it.");
}

TEST(FailureStatus, IsTheTableOfTheAppender) {
  const struct {
    CommandFailure failure;
    grpc::StatusCode code;
    std::string_view reason;
  } rows[] = {
      {CommandFailure::kQueueFull, grpc::StatusCode::RESOURCE_EXHAUSTED, "QUEUE_FULL"},
      {CommandFailure::kExpired, grpc::StatusCode::DEADLINE_EXCEEDED, "EXPIRED"},
      {CommandFailure::kCancelled, grpc::StatusCode::CANCELLED, "CANCELLED"},
      {CommandFailure::kRequestIdReused, grpc::StatusCode::INVALID_ARGUMENT, "REQUEST_ID_REUSED"},
      {CommandFailure::kEventTooLarge, grpc::StatusCode::INVALID_ARGUMENT, "EVENT_TOO_LARGE"},
      {CommandFailure::kStorageFull, grpc::StatusCode::UNAVAILABLE, "STORAGE_FULL"},
      {CommandFailure::kStoreUnavailable, grpc::StatusCode::UNAVAILABLE, "STORE_UNAVAILABLE"},
      {CommandFailure::kFactTooNew, grpc::StatusCode::FAILED_PRECONDITION,
       "SITE_IS_BEING_UPGRADED"},
      {CommandFailure::kRegionDamaged, grpc::StatusCode::FAILED_PRECONDITION, "REGION_READ_ONLY"},
      {CommandFailure::kShuttingDown, grpc::StatusCode::UNAVAILABLE, "SHUTTING_DOWN"},
  };
  for (const auto& row : rows) {
    const grpc::Status status = failure_status(row.failure);
    EXPECT_EQ(status.error_code(), row.code) << row.reason;
    EXPECT_EQ(reason_of(status), row.reason);
    EXPECT_EQ(status.error_message().back(), '.') << "a sentence: " << row.reason;
  }
}

}  // namespace
}  // namespace kkr::platform
