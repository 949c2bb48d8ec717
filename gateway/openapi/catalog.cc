#include "gateway/openapi/catalog.h"

#include <algorithm>

#include "google/api/annotations.pb.h"
#include "google/protobuf/descriptor.pb.h"

namespace kkr::gateway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::FileDescriptor;
using google::protobuf::Message;
using google::protobuf::MessageFactory;
using google::protobuf::ServiceDescriptor;

bool is_offered(const ServiceDescriptor& service) {
  for (int i = 0; i < service.method_count(); ++i)
    if (service.method(i)->options().HasExtension(google::api::http)) return true;
  return false;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Catalog>> Catalog::create(std::string_view descriptor_set) {
  google::protobuf::FileDescriptorSet files;
  if (!files.ParseFromArray(descriptor_set.data(), static_cast<int>(descriptor_set.size())))
    return absl::InvalidArgumentError("the descriptor set cannot be read");
  auto catalog = std::make_unique<Catalog>();
  for (const auto& each : files.file()) {
    const FileDescriptor* file = catalog->pool_.BuildFile(each);
    if (file == nullptr)
      return absl::InvalidArgumentError(each.name() + " does not fit the files before it");
    for (int i = 0; i < file->service_count(); ++i)
      if (is_offered(*file->service(i))) catalog->described_.push_back(file->service(i));
  }
  std::sort(
      catalog->described_.begin(), catalog->described_.end(),
      [](const auto* one, const auto* other) { return one->full_name() < other->full_name(); });
  return catalog;
}

std::vector<const ServiceDescriptor*> Catalog::callable() const {
  std::vector<const ServiceDescriptor*> services;
  for (const ServiceDescriptor* service : described_) {
    const auto* generated =
        DescriptorPool::generated_pool()->FindServiceByName(service->full_name());
    services.push_back(generated != nullptr ? generated : service);
  }
  return services;
}

const Message* Catalog::Factory::GetPrototype(const Descriptor* type) {
  return type->file()->pool() == DescriptorPool::generated_pool()
             ? MessageFactory::generated_factory()->GetPrototype(type)
             : dynamic_.GetPrototype(type);
}

}  // namespace kkr::gateway
