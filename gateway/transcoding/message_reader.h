// Fills a message from what a request carries: JSON body, query parameters, path variables. By
// reflection, so it serves every type alike. Strict: unknown and repeated fields, values of the
// wrong type and two members of one oneof are refused with the path of the field, never ignored.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/transcoding/violation.h"
#include "google/protobuf/message.h"

namespace kkr::gateway {

// Merges the JSON text into the message. UNKNOWN_FIELD, DUPLICATE_FIELD, ONEOF_CONFLICT,
// MALFORMED_JSON, TOO_DEEP, BAD_UTF8 or a reason of set_scalar().
MaybeViolation read_json(std::string_view json, google::protobuf::Message& message);

// Sets the field that the dotted path names to the value of a path variable. PATH_MISMATCH when the
// body has already set it to something else.
MaybeViolation read_path_variable(std::string_view field_path, std::string_view text,
                                  google::protobuf::Message& message);

// Reads a whole query string, percent-encoded. Fields in or below one of `bound` (the fields that
// path and body give) are refused as ALREADY_BOUND.
MaybeViolation read_query(std::string_view query, const std::vector<std::string>& bound,
                          google::protobuf::Message& message);

// The field by its JSON name or its proto name, or null.
const google::protobuf::FieldDescriptor* find_field(const google::protobuf::Descriptor& type,
                                                    const std::string& name);

}  // namespace kkr::gateway
