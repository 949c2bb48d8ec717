// Every service that the gateway offers, by its descriptors: with comments for describing it, and
// as the program itself has them for calling it.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/dynamic_message.h"

namespace kkr::gateway {

class Catalog {
 public:
  // Reads a FileDescriptorSet. Offers its services that have a method with a google.api.http
  // annotation, in order of their names. INVALID_ARGUMENT when the set does not hold together.
  static absl::StatusOr<std::unique_ptr<Catalog>> create(std::string_view descriptor_set);

  // With comments.
  const std::vector<const google::protobuf::ServiceDescriptor*>& described() const {
    return described_;
  }
  // The same services in the same order: generated code's descriptors where the program has them,
  // since its messages are faster than dynamic ones.
  std::vector<const google::protobuf::ServiceDescriptor*> callable() const;
  // Makes messages of either kind.
  google::protobuf::MessageFactory& factory() { return factory_; }

 private:
  class Factory : public google::protobuf::MessageFactory {
   public:
    const google::protobuf::Message* GetPrototype(
        const google::protobuf::Descriptor* type) override;

   private:
    google::protobuf::DynamicMessageFactory dynamic_;
  };

  google::protobuf::DescriptorPool pool_;
  std::vector<const google::protobuf::ServiceDescriptor*> described_;
  Factory factory_;
};

}  // namespace kkr::gateway
