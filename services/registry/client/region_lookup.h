// Asks the registry over gRPC which regions there are. Caches nothing.
#pragma once

#include <grpcpp/channel.h>

#include <memory>
#include <optional>
#include <string_view>

#include "kkr/registry/v1/region.grpc.pb.h"

namespace kkr::registry {

class RegionLookup {
 public:
  explicit RegionLookup(const std::shared_ptr<grpc::Channel>& channel);

  // Whether the registry has a region of this id, now or in the past. Blocks for at most two
  // seconds; nullopt without a reply.
  std::optional<bool> knows_region(std::string_view region_id);

 private:
  const std::unique_ptr<v1::RegionService::Stub> regions_;
};

}  // namespace kkr::registry
