#include "gateway/asyncapi/document.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <string>

#include "gateway/openapi/embedded_descriptors.h"

namespace kkr::gateway {
namespace {

using Json = nlohmann::json;

Json document() { return Json::parse(asyncapi_document(embedded_descriptors()).value()); }

TEST(AsyncApiDocument, HasAChannelForEachService) {
  const Json channels = document()["channels"];
  for (const auto service : {"registry", "consultation", "financing", "notification"})
    EXPECT_EQ(channels.at(service).at("address"),
              "kkr.{region}." + std::string(service) + ".{event_type}");
  EXPECT_EQ(channels.size(), 4u);
}

TEST(AsyncApiDocument, DescribesEachFactWithItsPayloadAndItsType) {
  const Json message = document()["components"]["messages"]["consultation.extension_granted"];
  EXPECT_EQ(message["summary"], "A municipality got a later deadline.");
  EXPECT_EQ(message["contentType"], "application/protobuf");
  EXPECT_EQ(message["headers"]["properties"]["ce-type"]["const"],
            "kkr.consultation.extension_granted");
  EXPECT_EQ(message["payload"]["properties"]["extensionGranted"]["$ref"],
            "#/components/schemas/consultation.ExtensionGranted");
}

TEST(AsyncApiDocument, NamesAllFactsOfAService) {
  const Json channel = document()["channels"]["consultation"];
  EXPECT_EQ(channel["messages"].size(), channel["parameters"]["event_type"]["enum"].size());
  EXPECT_TRUE(channel["messages"].contains("round_opened"));
}

TEST(AsyncApiDocument, IsNotMadeFromAnythingElse) {
  EXPECT_FALSE(asyncapi_document("no descriptors").ok());
}

}  // namespace
}  // namespace kkr::gateway
