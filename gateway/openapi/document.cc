#include "gateway/openapi/document.h"

#include <algorithm>
#include <map>

#include "gateway/openapi/comments.h"
#include "gateway/openapi/operations.h"
#include "gateway/openapi/schemas.h"

namespace kkr::gateway {
namespace {

using google::protobuf::ServiceDescriptor;

constexpr const char* kFrame = R"({
  "openapi": "3.1.0",
  "info": {
    "title": "KKR",
    "version": "1",
    "license": {"name": "Not licensed to others", "url": "https://spdx.org/licenses/"}
  },
  "servers": [{"url": "/"}],
  "security": [],
  "tags": [],
  "paths": {
    "/v1/regions/{region}:stream": {
      "get": {
        "operationId": "StreamRegion",
        "tags": ["Stream"],
        "summary": "Tells what changes in a region, as server-sent events",
        "parameters": [
          {
            "name": "region",
            "in": "path",
            "required": true,
            "description": "The id of the region.",
            "schema": {"type": "string", "minLength": 1}
          },
          {
            "name": "Last-Event-ID",
            "in": "header",
            "description": "The id of the event seen last.",
            "schema": {"type": "string"}
          }
        ],
        "responses": {
          "200": {"description": "The stream.", "content": {"text/event-stream": {}}},
          "4XX": {"$ref": "#/components/responses/Error"}
        }
      }
    }
  },
  "components": {
    "parameters": {
      "Actor": {
        "name": "KKR-Actor",
        "in": "header",
        "description": "Who acts, an id, set by the proxy that signed them in: UTF-8.",
        "schema": {"type": "string"}
      }
    },
    "responses": {
      "Error": {
        "description": "It failed.",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
      }
    },
    "schemas": {
      "Error": {
        "type": "object",
        "description": "A google.rpc.Status (AIP-193).",
        "required": ["error"],
        "properties": {
          "error": {
            "type": "object",
            "required": ["code", "message", "status", "details"],
            "properties": {
              "code": {"type": "integer", "description": "The HTTP status."},
              "message": {"type": "string", "description": "A sentence in English."},
              "status": {"type": "string", "description": "The name of the google.rpc.Code."},
              "details": {
                "type": "array",
                "description": "Exactly one google.rpc.ErrorInfo, and what else helps.",
                "items": {
                  "type": "object",
                  "required": ["@type"],
                  "properties": {"@type": {"type": "string"}}
                }
              }
            }
          }
        }
      }
    }
  }
})";

constexpr const char* kAbout =
    "The working system of a kommunekontaktråd. Every error is a google.rpc.Status with one "
    "ErrorInfo, whose `reason` is for programs.";

constexpr const char* kAboutStream =
    "Each event says which log went on, where, and by what kind of fact: "
    "`{service, region, position, type, stream}`. `Last-Event-ID` begins with what came since; "
    "the event `lost` means that the client must read everything again.";

// Plain paths first, then those with a verb, the longer verbs last: tools that let `{round}` match
// `7:board` as well prefer what stands later.
bool stands_before(const Binding& one, const Binding& other) {
  return one.path.verb.size() < other.path.verb.size();
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

// `RoundService_GetRound`; further bindings of a method are numbered.
std::string operation_id_of(const Binding& binding, std::map<std::string, int>& used) {
  const std::string id = binding.method->service()->name() + "_" + binding.method->name();
  const int number = ++used[id];
  return number == 1 ? id : id + std::to_string(number);
}

}  // namespace

absl::StatusOr<std::string> openapi_document(
    const std::vector<const ServiceDescriptor*>& services) {
  Json document = Json::parse(kFrame);
  document["info"]["description"] = kAbout;
  document["paths"]["/v1/regions/{region}:stream"]["get"]["description"] = kAboutStream;
  Schemas schemas;
  std::vector<Binding> bindings;
  document["tags"].push_back({{"name", "Stream"}, {"description", "What happens as it happens."}});
  for (const ServiceDescriptor* service : services) {
    auto found = bindings_of(*service);
    if (!found.ok()) return found.status();
    document["tags"].push_back({{"name", service->name()}, {"description", comment_of(*service)}});
    for (Binding& binding : *found) {
      schemas.expect_in_replies(*binding.method->output_type());
      bindings.push_back(std::move(binding));
    }
  }
  std::stable_sort(bindings.begin(), bindings.end(), stands_before);
  std::map<std::string, int> operation_ids;
  for (const Binding& binding : bindings)
    document["paths"][openapi_path(binding.path)][lower(binding.http_method)] =
        operation_of(binding, operation_id_of(binding, operation_ids), schemas);
  for (const auto& [name, schema] : schemas.components().items())
    document["components"]["schemas"][name] = schema;
  return document.dump();
}

}  // namespace kkr::gateway
