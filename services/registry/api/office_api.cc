#include "services/registry/api/office_api.h"

#include <string>

#include "services/registry/api/page_fill.h"
#include "services/registry/domain/office.h"
#include "services/registry/domain/resources.h"

namespace kkr::registry {
namespace {

using platform::RequestFields;

v1::Office shown_as_of(const OfficeName& name, const Office& office, LocalDate as_of) {
  v1::Office shown = resource(name, office);
  if (const Tenure* tenure = in_force(office.tenures, as_of)) {
    shown.set_holder(tenure->person.text);
  }
  return shown;
}

grpc::Status show_office(const State& state, const OfficeName& name, LocalDate as_of,
                         v1::Office& reply) {
  const auto office = state.offices.find(name);
  if (office == nullptr) return to_status(refuse(Rejection::kOfficeUnknown, {{"name", name.text}}));
  reply = shown_as_of(name, *office, as_of);
  return grpc::Status::OK;
}

grpc::Status get(const State& state, const v1::GetOfficeRequest& request, LocalDate today,
                 v1::Office& reply) {
  RequestFields fields;
  const LocalDate as_of = read_as_of(fields, request.as_of(), today);
  if (!fields.ok()) return fields.status();
  return show_office(state, OfficeName{request.name()}, as_of, reply);
}

// NOT_FOUND when neither a municipality nor a body has this name.
grpc::Status check_parent(const State& state, const std::string& parent) {
  if (BodyName::parse(parent)) {
    if (state.bodies.contains(BodyName{parent})) return grpc::Status::OK;
    return to_status(refuse(Rejection::kBodyUnknown, {{"name", parent}}));
  }
  if (state.municipalities.contains(MunicipalityName{parent})) return grpc::Status::OK;
  return to_status(refuse(Rejection::kMunicipalityUnknown, {{"name", parent}}));
}

grpc::Status list(const State& state, const v1::ListOfficesRequest& request, LocalDate today,
                  v1::ListOfficesResponse& reply) {
  RequestFields fields;
  if (!BodyName::parse(request.parent())) {
    read_name<MunicipalityName>(fields, "parent", request.parent());
  }
  const LocalDate as_of = read_as_of(fields, request.as_of(), today);
  PageFill page(fields, request.parent() + "/offices@" + platform::format_date(as_of), request);
  if (!fields.ok()) return fields.status();
  if (auto status = check_parent(state, request.parent()); !status.ok()) return status;
  for_each_within(state.offices, request.parent(), [&](const OfficeName& name, const Office& one) {
    if (!one.period.contains(as_of) || !page.takes(name.text)) return;
    v1::Office& added = *reply.add_offices();
    added = shown_as_of(name, one, as_of);
    added.clear_tenures();
  });
  reply.set_next_page_token(page.next_page_token());
  return grpc::Status::OK;
}

}  // namespace

template <class Request>
grpc::ServerUnaryReactor* OfficeApi::change(grpc::CallbackServerContext* call,
                                            const Request* request, v1::Office* reply) {
  return carry_out(call, national_, request, reply,
                   [this, request](const State& state, Log&, v1::Office& shown) {
                     return show_office(state, OfficeName{request->name()}, national_.today(),
                                        shown);
                   });
}

grpc::ServerUnaryReactor* OfficeApi::CreateOffice(grpc::CallbackServerContext* call,
                                                  const v1::CreateOfficeRequest* request,
                                                  v1::Office* reply) {
  return carry_out(call, national_, request, reply,
                   [this, request](const State& state, Log&, v1::Office& shown) {
                     const auto name =
                         child<OfficeName>(request->parent(), "offices", request->office_id());
                     return show_office(state, name, national_.today(), shown);
                   });
}

grpc::ServerUnaryReactor* OfficeApi::EndOffice(grpc::CallbackServerContext* call,
                                               const v1::EndOfficeRequest* request,
                                               v1::Office* reply) {
  return change(call, request, reply);
}

grpc::ServerUnaryReactor* OfficeApi::AppointHolder(grpc::CallbackServerContext* call,
                                                   const v1::AppointHolderRequest* request,
                                                   v1::Office* reply) {
  return change(call, request, reply);
}

grpc::ServerUnaryReactor* OfficeApi::EndTenure(grpc::CallbackServerContext* call,
                                               const v1::EndTenureRequest* request,
                                               v1::Office* reply) {
  return change(call, request, reply);
}

grpc::ServerUnaryReactor* OfficeApi::GetOffice(grpc::CallbackServerContext* call,
                                               const v1::GetOfficeRequest* request,
                                               v1::Office* reply) {
  return ask(call, national_, reply, [this, request](const State& state, Log&, auto& shown) {
    return get(state, *request, national_.today(), shown);
  });
}

grpc::ServerUnaryReactor* OfficeApi::ListOffices(grpc::CallbackServerContext* call,
                                                 const v1::ListOfficesRequest* request,
                                                 v1::ListOfficesResponse* reply) {
  return ask(call, national_, reply, [this, request](const State& state, Log&, auto& shown) {
    return list(state, *request, national_.today(), shown);
  });
}

}  // namespace kkr::registry
