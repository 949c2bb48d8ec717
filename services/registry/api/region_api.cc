#include "services/registry/api/region_api.h"

#include <string>

#include "services/registry/api/page_fill.h"
#include "services/registry/domain/memberships.h"
#include "services/registry/domain/region.h"
#include "services/registry/domain/resources.h"

namespace kkr::registry {
namespace {

using platform::RequestFields;

grpc::Status show_region(const State& state, const RegionName& name, v1::Region& reply) {
  const auto region = state.regions.find(name);
  if (region == nullptr) return to_status(refuse(Rejection::kRegionUnknown, {{"name", name.text}}));
  reply = resource(name, *region);
  return grpc::Status::OK;
}

// The membership in force on `date`, which the command has just made or ended.
grpc::Status show_member(const State& state, const std::string& region_text,
                         const std::string& municipality_text, const std::string& date,
                         v1::RegionMembership& reply) {
  const RegionName name{region_text};
  const MunicipalityName municipality{municipality_text};
  const auto region = state.regions.find(name);
  const Membership* member = in_force(region->members, municipality, *platform::parse_date(date));
  if (member == nullptr) {
    return to_status(refuse(Rejection::kMembershipUnknown,
                            {{"municipality", municipality.text}, {"to_date", date}}));
  }
  reply = resource(name, *member);
  return grpc::Status::OK;
}

grpc::Status list(const State& state, const v1::ListRegionsRequest& request, LocalDate today,
                  v1::ListRegionsResponse& reply) {
  RequestFields fields;
  const LocalDate as_of = read_as_of(fields, request.as_of(), today);
  PageFill page(fields, "regions@" + platform::format_date(as_of), request);
  if (!fields.ok()) return fields.status();
  state.regions.for_each([&](const RegionName& name, const Region& region) {
    if (region.period.contains(as_of) && page.takes(name.text)) {
      *reply.add_regions() = resource(name, region);
    }
  });
  reply.set_next_page_token(page.next_page_token());
  return grpc::Status::OK;
}

grpc::Status list(const State& state, const v1::ListRegionMembershipsRequest& request,
                  v1::ListRegionMembershipsResponse& reply) {
  RequestFields fields;
  const auto parent = read_name<RegionName>(fields, "parent", request.parent());
  const auto as_of = fields.optional_date("as_of", request.as_of());
  PageFill page(fields, parent.text + "/memberships@" + request.as_of(), request);
  if (!fields.ok()) return fields.status();
  const auto region = state.regions.find(parent);
  if (region == nullptr) {
    return to_status(refuse(Rejection::kRegionUnknown, {{"name", parent.text}}));
  }
  for (const Membership& member : region->members) {
    if (as_of && !member.period.contains(*as_of)) continue;
    if (page.takes(member.municipality.text + "@" + platform::format_date(member.period.from))) {
      *reply.add_memberships() = resource(parent, member);
    }
  }
  reply.set_next_page_token(page.next_page_token());
  return grpc::Status::OK;
}

}  // namespace

grpc::ServerUnaryReactor* RegionApi::CreateRegion(grpc::CallbackServerContext* call,
                                                  const v1::CreateRegionRequest* request,
                                                  v1::Region* reply) {
  return carry_out(call, national_, request, reply,
                   [request](const State& state, Log&, v1::Region& shown) {
                     const auto name = child<RegionName>("", "regions", request->region_id());
                     return show_region(state, name, shown);
                   });
}

grpc::ServerUnaryReactor* RegionApi::GetRegion(grpc::CallbackServerContext* call,
                                               const v1::GetRegionRequest* request,
                                               v1::Region* reply) {
  return ask(call, national_, reply, [request](const State& state, Log&, v1::Region& shown) {
    return show_region(state, RegionName{request->name()}, shown);
  });
}

grpc::ServerUnaryReactor* RegionApi::ListRegions(grpc::CallbackServerContext* call,
                                                 const v1::ListRegionsRequest* request,
                                                 v1::ListRegionsResponse* reply) {
  return ask(call, national_, reply, [this, request](const State& state, Log&, auto& shown) {
    return list(state, *request, national_.today(), shown);
  });
}

grpc::ServerUnaryReactor* RegionApi::UpdateRegion(grpc::CallbackServerContext* call,
                                                  const v1::UpdateRegionRequest* request,
                                                  v1::Region* reply) {
  return carry_out(call, national_, request, reply,
                   [request](const State& state, Log&, v1::Region& shown) {
                     return show_region(state, RegionName{request->region().name()}, shown);
                   });
}

grpc::ServerUnaryReactor* RegionApi::EndRegion(grpc::CallbackServerContext* call,
                                               const v1::EndRegionRequest* request,
                                               v1::Region* reply) {
  return carry_out(call, national_, request, reply,
                   [request](const State& state, Log&, v1::Region& shown) {
                     return show_region(state, RegionName{request->name()}, shown);
                   });
}

grpc::ServerUnaryReactor* RegionApi::AddRegionMember(grpc::CallbackServerContext* call,
                                                     const v1::AddRegionMemberRequest* request,
                                                     v1::RegionMembership* reply) {
  return carry_out(call, national_, request, reply,
                   [request](const State& state, Log&, v1::RegionMembership& shown) {
                     return show_member(state, request->region(), request->municipality(),
                                        request->from_date(), shown);
                   });
}

grpc::ServerUnaryReactor* RegionApi::EndRegionMember(grpc::CallbackServerContext* call,
                                                     const v1::EndRegionMemberRequest* request,
                                                     v1::RegionMembership* reply) {
  return carry_out(call, national_, request, reply,
                   [request](const State& state, Log&, v1::RegionMembership& shown) {
                     return show_member(state, request->region(), request->municipality(),
                                        request->to_date(), shown);
                   });
}

grpc::ServerUnaryReactor* RegionApi::ListRegionMemberships(
    grpc::CallbackServerContext* call, const v1::ListRegionMembershipsRequest* request,
    v1::ListRegionMembershipsResponse* reply) {
  return ask(call, national_, reply, [request](const State& state, Log&, auto& shown) {
    return list(state, *request, shown);
  });
}

}  // namespace kkr::registry
