#include "services/platform/grpc/command_stamp.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <optional>

#include "absl/strings/ascii.h"
#include "services/platform/event_store/sha256.h"
#include "services/platform/field/resource_name.h"
#include "services/platform/grpc/error_status.h"

namespace kkr::platform {
namespace {

constexpr std::string_view kNobodySignedIn = "anonymous";

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c = absl::ascii_tolower(static_cast<unsigned char>(c));
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = absl::ascii_tolower(static_cast<unsigned char>(c));
  return lower;
}

// Header values are ASCII, so anything else arrives percent-encoded. nullopt: not an encoding.
std::optional<std::string> percent_decoded(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      plain += text[i];
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    const int high = hex_value(text[i + 1]);
    const int low = hex_value(text[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    plain += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return plain;
}

grpc::Status request_id_status(bool missing) {
  return error_status(grpc::StatusCode::INVALID_ARGUMENT,
                      missing ? "REQUEST_ID_MISSING" : "REQUEST_ID_INVALID",
                      missing ? "A command needs a request id, a UUID of the caller's own making."
                              : "The request id is not a UUID.",
                      {}, {{"request_id", missing ? "is missing" : "is not a UUID"}});
}

grpc::Status actor_status() {
  return error_status(
      grpc::StatusCode::INVALID_ARGUMENT, "ACTOR_INVALID",
      "The actor is not an id of lower-case letters, digits and '/', '_', '-', such "
      "as 'secretariat' or 'persons/p-17'. Names and addresses are not kept.");
}

std::string deterministic_bytes(const google::protobuf::Message& message) {
  std::string bytes(message.ByteSizeLong(), '\0');
  google::protobuf::io::ArrayOutputStream sink(bytes.data(), static_cast<int>(bytes.size()));
  google::protobuf::io::CodedOutputStream coded(&sink);
  coded.SetSerializationDeterministic(true);
  message.SerializeWithCachedSizes(&coded);
  return bytes;
}

}  // namespace

std::variant<CommandStamp, grpc::Status> stamp_command(const grpc::CallbackServerContext& call,
                                                       const google::protobuf::Message& request,
                                                       std::string_view request_id) {
  if (request_id.empty()) return request_id_status(true);
  if (!is_uuid(request_id)) return request_id_status(false);
  const std::string_view header = metadata_of(call, kActorKey);
  const auto actor = percent_decoded(header.empty() ? kNobodySignedIn : header);
  if (!actor || !is_actor_id(*actor)) return actor_status();
  return CommandStamp{.request_id = lower_case(request_id),
                      .digest = command_digest(request),
                      .actor = *actor,
                      .trace = continue_trace(metadata_of(call, kTraceparentKey)),
                      .deadline = steady_deadline_of(call)};
}

Hash command_digest(const google::protobuf::Message& request) {
  thread_local Sha256 sha256;
  return sha256.field(request.GetDescriptor()->full_name())
      .field(deterministic_bytes(request))
      .finish();
}

std::string_view metadata_of(const grpc::CallbackServerContext& call, std::string_view key) {
  const auto& metadata = call.client_metadata();
  std::string_view value;
  const auto [first, last] = metadata.equal_range(grpc::string_ref(key.data(), key.size()));
  for (auto it = first; it != last; ++it) value = {it->second.data(), it->second.size()};
  return value;
}

std::chrono::steady_clock::time_point steady_deadline_of(const grpc::CallbackServerContext& call) {
  using std::chrono::steady_clock;
  const gpr_timespec deadline = call.raw_deadline();
  if (gpr_time_cmp(deadline, gpr_inf_future(deadline.clock_type)) == 0) {
    return steady_clock::time_point::max();
  }
  const gpr_timespec left = gpr_time_sub(gpr_convert_clock_type(deadline, GPR_CLOCK_MONOTONIC),
                                         gpr_now(GPR_CLOCK_MONOTONIC));
  if (gpr_time_cmp(left, gpr_inf_future(GPR_TIMESPAN)) == 0) return steady_clock::time_point::max();
  return steady_clock::now() + std::chrono::milliseconds(gpr_time_to_millis(left));
}

}  // namespace kkr::platform
