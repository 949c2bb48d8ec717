#include "gateway/transcoding/binding.h"

#include <gtest/gtest.h>

#include "gateway/testing/library.pb.h"
#include "google/api/annotations.pb.h"

namespace kkr::gateway {
namespace {

using google::protobuf::DescriptorPool;

const google::protobuf::ServiceDescriptor& library_service() {
  return *library::v1::Book::descriptor()->file()->service(0);
}

TEST(Binding, ReadsEveryAnnotationInOrder) {
  const auto bindings = bindings_of(library_service());
  ASSERT_TRUE(bindings.ok()) << bindings.status();
  ASSERT_EQ(bindings->size(), 8U);
  EXPECT_EQ((*bindings)[1].path_text, "/v1/{name=archives/**}");
  EXPECT_EQ((*bindings)[3].http_method, "POST");
  EXPECT_EQ((*bindings)[3].body_field->name(), "book");
  EXPECT_TRUE((*bindings)[5].body_is_whole_request);
  EXPECT_TRUE((*bindings)[6].is_upload());
  EXPECT_TRUE((*bindings)[7].reply_is_raw_content);
}

// What becomes of GetBook with another rule.
absl::Status status_with(const google::api::HttpRule& rule, bool streaming = false) {
  google::protobuf::FileDescriptorProto file;
  file.set_name("changed.proto");
  file.set_syntax("proto3");
  file.add_dependency(library_service().file()->name());
  file.mutable_dependency()->Add("google/api/annotations.proto");
  auto* service = file.add_service();
  service->set_name("Changed");
  auto* method = service->add_method();
  method->set_name("GetBook");
  method->set_input_type("library.v1.GetBookRequest");
  method->set_output_type("library.v1.Book");
  method->set_server_streaming(streaming);
  *method->mutable_options()->MutableExtension(google::api::http) = rule;
  DescriptorPool pool(DescriptorPool::generated_pool());
  const auto* built = pool.BuildFile(file);
  return built == nullptr ? absl::InternalError("no file")
                          : bindings_of(*built->service(0)).status();
}

google::api::HttpRule get_rule(const std::string& path, const std::string& body = "") {
  google::api::HttpRule rule;
  rule.set_get(path);
  rule.set_body(body);
  return rule;
}

TEST(Binding, RefusesAtStartWhatCouldNotBeServed) {
  EXPECT_TRUE(status_with(get_rule("/v1/{name=shelves/*}")).ok());
  for (const auto& rule : {get_rule("v1"), get_rule("/v1/{title}"), get_rule("/v1/{name.first}"),
                           get_rule("/v1", "name"), get_rule("/v1", "nothing"), get_rule("")}) {
    const auto status = status_with(rule);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << rule.ShortDebugString();
    EXPECT_NE(status.message().find("Changed.GetBook"), std::string::npos) << status;
  }
  EXPECT_FALSE(status_with(get_rule("/v1"), true).ok());
}

}  // namespace
}  // namespace kkr::gateway
