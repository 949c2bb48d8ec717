#include "services/registry/api/body_api.h"

#include <string>

#include "services/registry/api/page_fill.h"
#include "services/registry/domain/body.h"
#include "services/registry/domain/resources.h"

namespace kkr::registry {
namespace {

using platform::RequestFields;

grpc::Status show_body(const State& state, const BodyName& name, v1::Body& reply) {
  const auto body = state.bodies.find(name);
  if (body == nullptr) return to_status(refuse(Rejection::kBodyUnknown, {{"name", name.text}}));
  reply = resource(name, *body);
  return grpc::Status::OK;
}

grpc::Status list(const State& state, const v1::ListBodiesRequest& request, LocalDate today,
                  v1::ListBodiesResponse& reply) {
  RequestFields fields;
  const auto parent = read_name<RegionName>(fields, "parent", request.parent());
  const LocalDate as_of = read_as_of(fields, request.as_of(), today);
  PageFill page(fields, parent.text + "/bodies@" + platform::format_date(as_of), request);
  if (!fields.ok()) return fields.status();
  if (!state.regions.contains(parent)) {
    return to_status(refuse(Rejection::kRegionUnknown, {{"name", parent.text}}));
  }
  for_each_within(state.bodies, parent.text, [&](const BodyName& name, const Body& body) {
    if (body.period.contains(as_of) && page.takes(name.text)) {
      *reply.add_bodies() = resource(name, body);
    }
  });
  reply.set_next_page_token(page.next_page_token());
  return grpc::Status::OK;
}

}  // namespace

grpc::ServerUnaryReactor* BodyApi::CreateBody(grpc::CallbackServerContext* call,
                                              const v1::CreateBodyRequest* request,
                                              v1::Body* reply) {
  return carry_out(
      call, national_, request, reply, [request](const State& state, Log&, v1::Body& shown) {
        const auto name = child<BodyName>(request->parent(), "bodies", request->body_id());
        return show_body(state, name, shown);
      });
}

grpc::ServerUnaryReactor* BodyApi::UpdateBody(grpc::CallbackServerContext* call,
                                              const v1::UpdateBodyRequest* request,
                                              v1::Body* reply) {
  return carry_out(call, national_, request, reply,
                   [request](const State& state, Log&, v1::Body& shown) {
                     return show_body(state, BodyName{request->body().name()}, shown);
                   });
}

grpc::ServerUnaryReactor* BodyApi::EndBody(grpc::CallbackServerContext* call,
                                           const v1::EndBodyRequest* request, v1::Body* reply) {
  return carry_out(call, national_, request, reply,
                   [request](const State& state, Log&, v1::Body& shown) {
                     return show_body(state, BodyName{request->name()}, shown);
                   });
}

grpc::ServerUnaryReactor* BodyApi::GetBody(grpc::CallbackServerContext* call,
                                           const v1::GetBodyRequest* request, v1::Body* reply) {
  return ask(call, national_, reply, [request](const State& state, Log&, v1::Body& shown) {
    return show_body(state, BodyName{request->name()}, shown);
  });
}

grpc::ServerUnaryReactor* BodyApi::ListBodies(grpc::CallbackServerContext* call,
                                              const v1::ListBodiesRequest* request,
                                              v1::ListBodiesResponse* reply) {
  return ask(call, national_, reply, [this, request](const State& state, Log&, auto& shown) {
    return list(state, *request, national_.today(), shown);
  });
}

}  // namespace kkr::registry
