#include "gateway/transcoding/error_reply.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "google/rpc/error_details.pb.h"

namespace kkr::gateway {
namespace {

using google::rpc::Code;
using nlohmann::json;

std::string reason_of(const ErrorReply& error) {
  int error_infos = 0;
  google::rpc::ErrorInfo found;
  for (const auto& detail : error.status.details())
    if (detail.UnpackTo(&found)) ++error_infos;
  EXPECT_EQ(error_infos, 1);
  return found.reason();
}

TEST(ErrorReply, IsAnAip193ErrorWithOneErrorInfo) {
  const auto error = make_error(Violation{"round.title", "WRONG_TYPE", "must be a string."});
  EXPECT_EQ(json::parse(render_error(error)), json::parse(R"({"error": {
    "code": 400, "status": "INVALID_ARGUMENT", "message": "'round.title' must be a string.",
    "details": [
      {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "WRONG_TYPE",
       "domain": "kkr", "metadata": {}},
      {"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [
        {"field": "round.title", "reason": "WRONG_TYPE",
         "description": "'round.title' must be a string."}]}]}})"));
}

TEST(ErrorReply, NamesTheServiceThatCannotBeReached) {
  const auto error =
      make_error(grpc::Status(grpc::StatusCode::UNAVAILABLE, "connect failed"), "consultation");
  EXPECT_EQ(error.http_status, 503);
  EXPECT_EQ(reason_of(error), "SERVICE_UNAVAILABLE");
  EXPECT_NE(error.status.message().find("'consultation'"), std::string::npos);
}

TEST(ErrorReply, KeepsWhatAServiceSaysOfItself) {
  google::rpc::ErrorInfo full;
  full.set_reason("STORAGE_FULL");
  google::rpc::Status sent;
  sent.set_code(Code::UNAVAILABLE);
  sent.add_details()->PackFrom(full);
  full.set_reason("SECOND");
  sent.add_details()->PackFrom(full);
  const auto error = make_error(
      grpc::Status(grpc::StatusCode::UNAVAILABLE, "The disk is full.", sent.SerializeAsString()),
      "consultation");
  EXPECT_EQ(error.http_status, 503);
  EXPECT_EQ(error.status.message(), "The disk is full.");
  EXPECT_EQ(reason_of(error), "STORAGE_FULL");
}

TEST(ErrorReply, GivesABareStatusAReason) {
  const auto error = make_error(grpc::Status(grpc::StatusCode::NOT_FOUND, "No."), "registry");
  EXPECT_EQ(error.http_status, 404);
  EXPECT_EQ(reason_of(error), "NOT_FOUND");
}

TEST(ErrorReply, MapsEveryCode) {
  const struct {
    Code code;
    int http_status;
  } rows[] = {
      {Code::OK, 200},           {Code::CANCELLED, 499},          {Code::UNKNOWN, 500},
      {Code::NOT_FOUND, 404},    {Code::INVALID_ARGUMENT, 400},   {Code::DEADLINE_EXCEEDED, 504},
      {Code::ABORTED, 409},      {Code::ALREADY_EXISTS, 409},     {Code::PERMISSION_DENIED, 403},
      {Code::OUT_OF_RANGE, 400}, {Code::RESOURCE_EXHAUSTED, 429}, {Code::FAILED_PRECONDITION, 400},
      {Code::INTERNAL, 500},     {Code::UNIMPLEMENTED, 501},      {Code::UNAVAILABLE, 503},
      {Code::DATA_LOSS, 500},    {Code::UNAUTHENTICATED, 401},
  };
  for (const auto& row : rows) EXPECT_EQ(http_status_of(row.code), row.http_status) << row.code;
}

}  // namespace
}  // namespace kkr::gateway
