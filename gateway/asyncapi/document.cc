#include "gateway/asyncapi/document.h"

#include <vector>

#include "gateway/openapi/comments.h"
#include "gateway/openapi/schemas.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/descriptor.pb.h"

namespace kkr::gateway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::OneofDescriptor;

constexpr const char* kFrame = R"({
  "asyncapi": "3.0.0",
  "info": {
    "title": "KKR events",
    "version": "1",
    "license": {"name": "Not licensed to others", "url": "https://spdx.org/licenses/"}
  },
  "defaultContentType": "application/protobuf",
  "channels": {},
  "operations": {},
  "components": {
    "messages": {},
    "messageTraits": {
      "CloudEvent": {
        "headers": {
          "type": "object",
          "required": ["ce-specversion", "ce-id", "ce-source", "ce-type", "ce-time", "ce-subject",
                       "ce-datacontenttype", "ce-generation", "ce-position", "ce-version",
                       "ce-hash", "ce-metadata"],
          "properties": {
            "ce-specversion": {"const": "1.0"},
            "ce-id": {
              "type": "string",
              "description": "`{service}/{region}/{generation}/{position}`, the event's id."
            },
            "ce-source": {
              "type": "string",
              "format": "uri-reference",
              "description": "The log, `/{service}/{region}`."
            },
            "ce-time": {
              "type": "string",
              "format": "date-time",
              "description": "When the command arrived, by the service's clock."
            },
            "ce-subject": {
              "type": "string",
              "description": "The aggregate's stream, such as `round-{id}`."
            },
            "ce-datacontenttype": {"const": "application/protobuf"},
            "ce-generation": {
              "type": "string",
              "format": "uuid",
              "description": "The log's generation: another one after each restore."
            },
            "ce-position": {
              "type": "string",
              "pattern": "^[1-9][0-9]*$",
              "description": "The place in the log, gapless from 1."
            },
            "ce-version": {
              "type": "string",
              "pattern": "^[1-9][0-9]*$",
              "description": "The place in the stream, gapless from 1."
            },
            "ce-hash": {
              "type": "string",
              "pattern": "^[0-9a-f]{64}$",
              "description": "SHA-256 over every column of the event and the hash before it."
            },
            "ce-metadata": {
              "type": "string",
              "contentEncoding": "base64",
              "description": "A `kkr.platform.v1.EventMetadata`, serialized."
            },
            "traceparent": {
              "type": "string",
              "description": "W3C trace context of the call that caused it."
            }
          }
        }
      }
    },
    "schemas": {}
  }
})";

constexpr const char* kAbout =
    "Every fact that the services of KKR record, as a CloudEvents 1.0 message in binary mode. "
    "JetStream holds one stream for each service, region and generation, whose sequence is the "
    "position. Delivery is at least once and in order per log; the log itself, read with "
    "`ReadEvents`, is the truth. Payloads are protobuf; the schemas show their JSON form.";

Json reference(const std::string& to) { return {{"$ref", "#/" + to}}; }

// `kkr.consultation.v1` is `consultation`.
std::string service_of(const Descriptor& event) {
  const std::string& package = event.file()->package();
  const std::size_t from = package.find('.') + 1;
  return package.substr(from, package.find('.', from) - from);
}

Json parameters_of(const OneofDescriptor& facts) {
  Json types = Json::array();
  for (int i = 0; i < facts.field_count(); ++i) types.push_back(facts.field(i)->name());
  return {{"region", {{"description", "The id of the region; `danmark` for the registry."}}},
          {"event_type", {{"description", "Which fact it is."}, {"enum", types}}}};
}

Json message_of(const FieldDescriptor& fact, const std::string& service, Schemas& schemas) {
  const std::string payload = fact.containing_type()->full_name();
  Json headers = {{"type", "object"},
                  {"properties", {{"ce-type", {{"const", "kkr." + service + '.' + fact.name()}}}}}};
  Json value = {{"type", "object"}, {"required", Json::array({fact.json_name()})}};
  value["properties"][fact.json_name()] = schemas.of_message(*fact.message_type());
  return {{"name", service + '.' + fact.name()},
          {"title", fact.message_type()->name()},
          {"summary", comment_of(fact)},
          {"description", comment_of(*fact.message_type()) + "\n\nThe payload is a `" + payload +
                              "` with `" + fact.name() + "` set."},
          {"contentType", "application/protobuf"},
          {"traits", Json::array({reference("components/messageTraits/CloudEvent")})},
          {"headers", std::move(headers)},
          {"payload", std::move(value)}};
}

void describe(const Descriptor& event, Json& document, Schemas& schemas) {
  const std::string service = service_of(event);
  const OneofDescriptor& facts = *event.FindOneofByName("fact");
  Json& channel = document["channels"][service];
  channel = {{"address", "kkr.{region}." + service + ".{event_type}"},
             {"description", comment_of(event)},
             {"parameters", parameters_of(facts)},
             {"messages", Json::object()}};
  for (int i = 0; i < facts.field_count(); ++i) {
    const FieldDescriptor& fact = *facts.field(i);
    const std::string name = service + '.' + fact.name();
    document["components"]["messages"][name] = message_of(fact, service, schemas);
    channel["messages"][fact.name()] = reference("components/messages/" + name);
  }
  document["operations"]["publish_" + service] = {
      {"action", "send"},
      {"channel", reference("channels/" + service)},
      {"summary", "The relay of the " + service + " service publishes what it has recorded"}};
}

}  // namespace

absl::StatusOr<std::string> asyncapi_document(std::string_view descriptor_set) {
  google::protobuf::FileDescriptorSet files;
  if (!files.ParseFromArray(descriptor_set.data(), static_cast<int>(descriptor_set.size())))
    return absl::InvalidArgumentError("the descriptor set cannot be read");
  google::protobuf::DescriptorPool pool;
  Json document = Json::parse(kFrame);
  document["info"]["description"] = kAbout;
  Schemas schemas;
  for (const auto& each : files.file()) {
    const auto* const file = pool.BuildFile(each);
    if (file == nullptr)
      return absl::InvalidArgumentError(each.name() + " does not fit the files before it");
    const Descriptor* const event = file->FindMessageTypeByName("Event");
    if (event != nullptr && event->FindOneofByName("fact") != nullptr)
      describe(*event, document, schemas);
  }
  for (const auto& [name, schema] : schemas.components().items())
    document["components"]["schemas"][name] = schema;
  return document.dump(2);
}

}  // namespace kkr::gateway
