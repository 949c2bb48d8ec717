#include "services/consultation/domain/arguments.h"

#include "services/consultation/domain/decimal.h"
#include "services/consultation/domain/ids.h"
#include "services/platform/time/local_date.h"

namespace kkr::consultation {

void Arguments::date(std::string_view field, std::string_view value) {
  must(value.empty() || platform::parse_date(value), field, "a date such as 2013-03-19");
}

void Arguments::name(std::string_view field, std::string_view value, std::string_view collection) {
  must(value.empty() || is_name_in(value, collection), field,
       "regions/{region}/" + std::string(collection) + "/{id}");
}

void Arguments::decimal(std::string_view field, std::string_view value) {
  must(value.empty() || parse_decimal(value), field, "a decimal such as -12.50");
}

}  // namespace kkr::consultation
