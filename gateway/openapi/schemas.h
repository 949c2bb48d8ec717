// JSON Schemas of messages as the transcoder reads and writes them. A message becomes a component
// `consultation.Round`, made once and referred to from then on.
#pragma once

#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "google/protobuf/descriptor.h"

namespace kkr::gateway {

using Json = nlohmann::ordered_json;

class Schemas {
 public:
  // A reference to the message's schema, or the schema itself where the message has JSON of its
  // own.
  Json of_message(const google::protobuf::Descriptor& type);
  // The schema of one field's value, with its comment.
  Json of_field(const google::protobuf::FieldDescriptor& field);
  // The schema of a request whose fields `without` stand in the path.
  Json of_request(const google::protobuf::Descriptor& type, const std::set<std::string>& without);

  // Replies hold only what is set: a field with presence that a request requires may be missing in
  // one. Call before the schemas of such messages are asked for.
  void expect_in_replies(const google::protobuf::Descriptor& type);

  // Every component asked for so far.
  const Json& components() const { return components_; }

 private:
  Json of_value(const google::protobuf::FieldDescriptor& field);
  Json object(const google::protobuf::Descriptor& type, const std::set<std::string>& without);
  bool is_required(const google::protobuf::FieldDescriptor& field) const;

  Json components_ = Json::object();
  std::set<const google::protobuf::Descriptor*> in_replies_;
};

bool has_behavior(const google::protobuf::FieldDescriptor& field, int field_behavior);

}  // namespace kkr::gateway
