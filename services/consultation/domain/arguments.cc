#include "services/consultation/domain/arguments.h"

#include <algorithm>

#include "google/api/field_behavior.pb.h"
#include "services/consultation/domain/ids.h"
#include "services/platform/time/local_date.h"

namespace kkr::consultation {
namespace {

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_decimal(std::string_view text) {
  if (!text.empty() && text.front() == '-') text.remove_prefix(1);
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  if (whole.empty() || whole.size() > 15 || !all_digits(whole)) return false;
  if (point == std::string_view::npos) return true;
  const std::string_view decimals = text.substr(point + 1);
  return !decimals.empty() && decimals.size() <= 6 && all_digits(decimals);
}

bool is_output_only(const google::protobuf::FieldDescriptor& field) {
  const auto& options = field.options();
  for (int i = 0; i < options.ExtensionSize(google::api::field_behavior); ++i) {
    if (options.GetExtension(google::api::field_behavior, i) == google::api::OUTPUT_ONLY) {
      return true;
    }
  }
  return false;
}

}  // namespace

std::size_t characters_in(std::string_view text) {
  const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) == 0x80u; };
  return text.size() - static_cast<std::size_t>(std::count_if(text.begin(), text.end(), continues));
}

void Arguments::must(bool ok, std::string_view field, std::string_view rule) {
  if (ok || fault_) return;
  fault_ = refusal(Rejection::kArgumentInvalid,
                   {{"field", std::string(field)}, {"rule", std::string(rule)}});
}

void Arguments::text(std::string_view field, std::string_view value, std::size_t characters_min,
                     std::size_t characters_max) {
  const std::size_t characters = characters_in(value);
  must(characters >= characters_min && characters <= characters_max, field,
       std::to_string(characters_min) + " to " + std::to_string(characters_max) + " characters");
}

void Arguments::between(std::string_view field, long long value, long long min, long long max) {
  must(value >= min && value <= max, field, std::to_string(min) + " to " + std::to_string(max));
}

void Arguments::date(std::string_view field, std::string_view value) {
  must(value.empty() || platform::parse_date(value), field, "a date such as 2013-03-19");
}

void Arguments::name(std::string_view field, std::string_view value, std::string_view collection) {
  must(value.empty() || is_name_in(value, collection), field,
       "regions/{region}/" + std::string(collection) + "/{id}");
}

void Arguments::decimal(std::string_view field, std::string_view value) {
  must(value.empty() || is_decimal(value), field, "a decimal such as -12.50");
}

std::optional<Refusal> fault_in_reason(std::string_view reason) {
  if (reason.empty()) return refusal(Rejection::kReasonMissing);
  Arguments arguments;
  arguments.text("reason", reason, 1, 500);
  return arguments.fault();
}

void clear_output_only(google::protobuf::Message& message) {
  message.DiscardUnknownFields();
  const auto* descriptor = message.GetDescriptor();
  for (int i = 0; i < descriptor->field_count(); ++i) {
    const auto* field = descriptor->field(i);
    if (is_output_only(*field)) message.GetReflection()->ClearField(&message, field);
  }
}

}  // namespace kkr::consultation
