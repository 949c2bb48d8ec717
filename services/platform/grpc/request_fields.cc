#include "services/platform/grpc/request_fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "services/platform/field/resource_name.h"

namespace kkr::platform {

std::vector<std::string> RequestFields::name(std::string_view field, std::string_view pattern,
                                             std::string_view value) {
  if (auto ids = match_name(pattern, value)) return *std::move(ids);
  reject(field, "NAME_INVALID", fmt::format("is not of the form '{}'", pattern));
  const auto variables = std::count(pattern.begin(), pattern.end(), '{');
  return std::vector<std::string>(static_cast<std::size_t>(variables));
}

void RequestFields::id(std::string_view field, std::string_view value) {
  if (is_resource_id(value)) return;
  reject(field, "ID_INVALID", "is not 1 to 63 lower-case letters, digits and hyphens");
}

std::optional<LocalDate> RequestFields::date(std::string_view field, std::string_view value) {
  const auto date = parse_date(value);
  if (!date) reject(field, "DATE_INVALID", "is not a date of the form YYYY-MM-DD");
  return date;
}

std::optional<LocalDate> RequestFields::optional_date(std::string_view field,
                                                      std::string_view value) {
  return value.empty() ? std::nullopt : date(field, value);
}

void RequestFields::text(std::string_view field, std::string_view value, TextLimits limits) {
  const std::size_t characters = characters_in(value);
  if (characters < limits.min) {
    reject(
        field, "TEXT_TOO_SHORT",
        limits.min == 1 ? "is missing" : fmt::format("has fewer than {} characters", limits.min));
  } else if (characters > limits.max) {
    reject(field, "TEXT_TOO_LONG", fmt::format("has more than {} characters", limits.max));
  } else if (has_control_characters(value, limits.lines)) {
    reject(field, "TEXT_INVALID", "has a control character in it");
  }
}

Page RequestFields::page(std::string_view scope, std::int32_t page_size,
                         std::string_view page_token) {
  Page page;
  if (const auto size = page_size_of(page_size)) {
    page.size = *size;
  } else {
    reject("page_size", "PAGE_SIZE_INVALID", "is negative");
  }
  if (page_token.empty()) return page;
  if (auto after = read_page_token(scope, page_token)) {
    page.after = *std::move(after);
  } else {
    reject("page_token", "PAGE_TOKEN_INVALID", "was not made by this list with these filters");
  }
  return page;
}

void RequestFields::reject(std::string_view field, std::string_view reason,
                           std::string description) {
  if (violations_.empty()) first_reason_ = reason;
  violations_.push_back({std::string(field), std::move(description)});
}

grpc::Status RequestFields::status() const {
  if (ok()) return grpc::Status::OK;
  const FieldViolation& first = violations_.front();
  return error_status(grpc::StatusCode::INVALID_ARGUMENT, first_reason_,
                      fmt::format("The field '{}' {}.", first.field, first.description),
                      {{"field", first.field}}, violations_);
}

}  // namespace kkr::platform
