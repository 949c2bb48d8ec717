#include "services/platform/appender/fact_versions.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <limits>

#include "kkr/platform/v1/fact_options.pb.h"

namespace kkr::platform {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::OneofDescriptor;

std::atomic<std::uint64_t> newest_known = std::numeric_limits<std::uint64_t>::max();

const OneofDescriptor& facts_in(const Descriptor& events) {
  const OneofDescriptor* const facts = events.FindOneofByName("fact");
  if (facts == nullptr) std::abort();
  return *facts;
}

std::uint64_t version_of(const FieldDescriptor& fact) {
  const auto& options = fact.options();
  return options.HasExtension(v1::since) ? options.GetExtension(v1::since) : kFirstVersion;
}

}  // namespace

std::optional<std::uint64_t> version_of(const google::protobuf::Message& event) {
  const FieldDescriptor* const fact =
      event.GetReflection()->GetOneofFieldDescriptor(event, &facts_in(*event.GetDescriptor()));
  return fact == nullptr ? std::nullopt : std::optional(version_of(*fact));
}

std::uint64_t version_read(const Descriptor& events) {
  const OneofDescriptor& facts = facts_in(events);
  std::uint64_t newest = kFirstVersion;
  for (int i = 0; i < facts.field_count(); ++i) {
    newest = std::max(newest, version_of(*facts.field(i)));
  }
  return std::min(newest, newest_known.load());
}

std::uint64_t version_read(std::string_view service) {
  const Descriptor* const events = events_of(service);
  return events == nullptr ? kFirstVersion : version_read(*events);
}

bool is_known(const google::protobuf::Message& event) {
  const auto version = version_of(event);
  return version && *version <= newest_known.load();
}

bool is_known(const Descriptor& events, const std::string& fact) {
  const FieldDescriptor* const field = events.FindFieldByName(fact);
  return field != nullptr && field->containing_oneof() == &facts_in(events) &&
         version_of(*field) <= newest_known.load();
}

const Descriptor* events_of(std::string_view service) {
  return google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName(
      "kkr." + std::string(service) + ".v1.Event");
}

void know_no_fact_newer_than(std::uint64_t version) { newest_known = version; }

}  // namespace kkr::platform
