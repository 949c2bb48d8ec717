#include "gateway/transcoding/well_known.h"

#include "google/protobuf/duration.pb.h"
#include "google/protobuf/field_mask.pb.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/protobuf/util/field_mask_util.h"
#include "google/protobuf/util/time_util.h"

namespace kkr::gateway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::Duration;
using google::protobuf::FieldMask;
using google::protobuf::Message;
using google::protobuf::Timestamp;
using google::protobuf::util::FieldMaskUtil;
using google::protobuf::util::TimeUtil;

constexpr std::int64_t kTimestampSecondsMin = -62135596800;  // 0001-01-01T00:00:00Z
constexpr std::int64_t kTimestampSecondsMax = 253402300799;  // 9999-12-31T23:59:59Z
constexpr std::int64_t kDurationSecondsMax = 315576000000;   // About 10,000 years.

// Copies by bytes, because a dynamic Timestamp is not the generated one.
template <typename From, typename To>
void convert(const From& from, To& to) {
  to.ParsePartialFromString(from.SerializePartialAsString());
}

bool in_range(const Timestamp& time) {
  return time.seconds() >= kTimestampSecondsMin && time.seconds() <= kTimestampSecondsMax &&
         time.nanos() >= 0 && time.nanos() <= 999999999;
}

bool in_range(const Duration& span) {
  const bool one_sign =
      (span.seconds() >= 0 && span.nanos() >= 0) || (span.seconds() <= 0 && span.nanos() <= 0);
  return one_sign && std::abs(span.seconds()) <= kDurationSecondsMax &&
         std::abs(span.nanos()) <= 999999999;
}

template <typename Type>
bool read_time(std::string_view text, Message& message) {
  Type value;
  if (!TimeUtil::FromString(std::string(text), &value) || !in_range(value)) return false;
  convert(value, message);
  return true;
}

bool read_field_mask(std::string_view text, Message& message) {
  FieldMask mask;
  const std::string paths(text);
  // Both spellings are at home in update masks; `_` tells them apart.
  if (paths.find('_') != std::string::npos)
    FieldMaskUtil::FromString(paths, &mask);
  else if (!FieldMaskUtil::FromJsonString(paths, &mask))
    return false;
  convert(mask, message);
  return true;
}

template <typename Type>
std::optional<std::string> write_time(const Message& message) {
  Type value;
  convert(message, value);
  if (!in_range(value)) return std::nullopt;
  return TimeUtil::ToString(value);
}

}  // namespace

bool is_written_as_string(const Descriptor& type) {
  const auto kind = type.well_known_type();
  return kind == Descriptor::WELLKNOWNTYPE_TIMESTAMP ||
         kind == Descriptor::WELLKNOWNTYPE_DURATION || kind == Descriptor::WELLKNOWNTYPE_FIELDMASK;
}

bool is_wrapper(const Descriptor& type) {
  const auto kind = type.well_known_type();
  return kind >= Descriptor::WELLKNOWNTYPE_DOUBLEVALUE &&
         kind <= Descriptor::WELLKNOWNTYPE_BOOLVALUE;
}

bool is_free_form(const Descriptor& type) {
  const auto kind = type.well_known_type();
  return kind == Descriptor::WELLKNOWNTYPE_ANY || kind == Descriptor::WELLKNOWNTYPE_VALUE ||
         kind == Descriptor::WELLKNOWNTYPE_LISTVALUE || kind == Descriptor::WELLKNOWNTYPE_STRUCT;
}

MaybeViolation read_well_known(std::string_view text, Message& message) {
  const auto kind = message.GetDescriptor()->well_known_type();
  if (kind == Descriptor::WELLKNOWNTYPE_TIMESTAMP) {
    if (read_time<Timestamp>(text, message)) return std::nullopt;
    return Violation{"", "WRONG_TYPE", "must be an instant such as \"2013-02-06T09:00:00Z\"."};
  }
  if (kind == Descriptor::WELLKNOWNTYPE_DURATION) {
    if (read_time<Duration>(text, message)) return std::nullopt;
    return Violation{"", "WRONG_TYPE", "must be a time span in seconds such as \"3.5s\"."};
  }
  if (read_field_mask(text, message)) return std::nullopt;
  return Violation{"", "WRONG_TYPE",
                   "must be field names with commas between, such as \"title,note\"."};
}

std::optional<std::string> write_well_known(const Message& message) {
  const auto kind = message.GetDescriptor()->well_known_type();
  if (kind == Descriptor::WELLKNOWNTYPE_TIMESTAMP) return write_time<Timestamp>(message);
  if (kind == Descriptor::WELLKNOWNTYPE_DURATION) return write_time<Duration>(message);
  FieldMask mask;
  convert(message, mask);
  std::string text;
  if (!FieldMaskUtil::ToJsonString(mask, &text)) return std::nullopt;
  return text;
}

}  // namespace kkr::gateway
