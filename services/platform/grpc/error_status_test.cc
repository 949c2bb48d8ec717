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
