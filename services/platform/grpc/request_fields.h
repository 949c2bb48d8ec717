// Reads the fields of a request that a service can judge without its state, and collects what is
// wrong with them, so that a caller is told everything at once. Rules that need the state belong to
// the domain.
//
//   RequestFields fields;
//   const auto ids = fields.name("name", "regions/{region}/rounds/{round}", request.name());
//   const auto day = fields.date("deadline_date", request.deadline_date());
//   fields.text("reason", request.reason(), {.min = 1, .max = 500});
//   if (!fields.ok()) return finish(call, fields.status());
#pragma once

#include <grpcpp/support/status.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/platform/field/page_token.h"
#include "services/platform/field/text.h"
#include "services/platform/grpc/error_status.h"
#include "services/platform/time/local_date.h"

namespace kkr::platform {

// How long a text may be, in characters, and whether line breaks may stand in it.
struct TextLimits {
  std::size_t min = 0;
  std::size_t max = 500;
  Lines lines = Lines::kOne;
};

class RequestFields {
 public:
  // The ids in a resource name, in the order of the pattern's variables; when the name does not
  // follow the pattern as many empty ids, and NAME_INVALID.
  std::vector<std::string> name(std::string_view field, std::string_view pattern,
                                std::string_view value);
  // An id of the caller's choice: `[a-z0-9-]{1,63}`. Else ID_INVALID.
  void id(std::string_view field, std::string_view value);
  // An ISO 8601 date. Else nullopt and DATE_INVALID.
  std::optional<LocalDate> date(std::string_view field, std::string_view value);
  // As `date`, but nothing is wrong with an empty value.
  std::optional<LocalDate> optional_date(std::string_view field, std::string_view value);
  // A text within limits. Else TEXT_TOO_SHORT, TEXT_TOO_LONG or TEXT_INVALID.
  void text(std::string_view field, std::string_view value, TextLimits limits);
  // Which part of the list `scope` is wanted. Else PAGE_SIZE_INVALID or PAGE_TOKEN_INVALID.
  Page page(std::string_view scope, std::int32_t page_size, std::string_view page_token);
  // Anything else that is wrong.
  void reject(std::string_view field, std::string_view reason, std::string description);

  bool ok() const { return violations_.empty(); }
  // INVALID_ARGUMENT with every violation; its reason is that of the first. OK when there is none.
  grpc::Status status() const;

 private:
  std::string first_reason_;
  std::vector<FieldViolation> violations_;
};

}  // namespace kkr::platform
