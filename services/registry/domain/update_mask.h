// Which fields of a resource an update changes.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "google/protobuf/field_mask.pb.h"
#include "google/protobuf/util/field_mask_util.h"
#include "services/registry/domain/rejection.h"

namespace kkr::registry {

// kMaskInvalid when the mask names a field that cannot be updated.
inline std::optional<Refusal> check_mask(const google::protobuf::FieldMask& mask,
                                         const std::vector<std::string_view>& fields) {
  for (const std::string& path : mask.paths()) {
    if (std::find(fields.begin(), fields.end(), path) == fields.end()) {
      return refuse(Rejection::kMaskInvalid, {{"path", path}});
    }
  }
  return std::nullopt;
}

// Copies the fields of `wanted` that `mask` names, all of `fields` when it names none, into
// `present`. The mask has been checked.
template <class Resource>
void apply_mask(const google::protobuf::FieldMask& mask,
                const std::vector<std::string_view>& fields, const Resource& wanted,
                Resource& present) {
  google::protobuf::FieldMask all;
  for (const std::string_view field : fields) all.add_paths(std::string(field));
  google::protobuf::util::FieldMaskUtil::MergeOptions replace;
  replace.set_replace_message_fields(true);
  for (const std::string& path : (mask.paths().empty() ? all : mask).paths()) {
    // A merge leaves what is empty in `wanted` alone; an update empties it.
    const auto* field = Resource::descriptor()->FindFieldByName(path);
    present.GetReflection()->ClearField(&present, field);
  }
  google::protobuf::util::FieldMaskUtil::MergeMessageTo(wanted, mask.paths().empty() ? all : mask,
                                                        replace, &present);
}

}  // namespace kkr::registry
