#include "services/consultation/app/export_collection.h"

#include "google/protobuf/util/json_util.h"

namespace kkr::consultation {

std::string to_json(const v1::Collection& collection) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  options.always_print_primitive_fields = true;
  std::string json;
  // Fails for nothing but an `Any` of an unknown type, and there is none.
  (void)google::protobuf::util::MessageToJsonString(collection, &json, options);
  return json;
}

ExportedFile exported(const v1::Collection& collection, v1::ExportFormat format) {
  const std::string stem = "opsamling-" + std::to_string(collection.number());
  if (format == v1::EXPORT_FORMAT_CSV) {
    return {stem + ".csv", "text/csv; charset=utf-8; header=present", to_csv(collection)};
  }
  if (format == v1::EXPORT_FORMAT_XLSX) {
    return {stem + ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            to_xlsx(collection)};
  }
  if (format == v1::EXPORT_FORMAT_HTML) {
    return {stem + ".html", "text/html; charset=utf-8", to_html(collection)};
  }
  return {stem + ".json", "application/json; charset=utf-8", to_json(collection)};
}

}  // namespace kkr::consultation
