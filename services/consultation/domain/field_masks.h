// How an update with a field mask is taken over: what the mask names is replaced whole.
#pragma once

#include "google/protobuf/util/field_mask_util.h"
#include "services/consultation/domain/arguments.h"

namespace kkr::consultation {

// A mask of fields that `Content` has, or the fault is `update_mask`.
template <class Content>
void check_mask(Arguments& arguments, const google::protobuf::FieldMask& mask) {
  arguments.must(google::protobuf::util::FieldMaskUtil::IsValidFieldMask<Content>(mask),
                 "update_mask", "fields of the resource");
}

// `present` with the fields of the mask, or all of them when it is empty, as they were sent.
template <class Content>
Content taken_over(const Content& present, const Content& sent,
                   const google::protobuf::FieldMask& mask) {
  if (mask.paths().empty()) return sent;
  google::protobuf::util::FieldMaskUtil::MergeOptions replace;
  replace.set_replace_message_fields(true);
  replace.set_replace_repeated_fields(true);
  Content merged = present;
  google::protobuf::util::FieldMaskUtil::MergeMessageTo(sent, mask, replace, &merged);
  return merged;
}

}  // namespace kkr::consultation
