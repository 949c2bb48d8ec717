#include "services/registry/api/municipality_api.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "services/registry/api/municipality_views.h"
#include "services/registry/app/municipality_import.h"
#include "services/registry/domain/municipality.h"
#include "services/registry/domain/resources.h"

namespace kkr::registry {
namespace {

constexpr std::size_t kImportBytesMax = 2 * 1024 * 1024;
constexpr char kPopulationSource[] = "Danmarks Statistik";

// The record that counts now for the date and source of `request`.
grpc::Status show_population(const State& state, const v1::RecordPopulationRequest& request,
                             v1::Population& reply) {
  const MunicipalityName name{request.parent()};
  const auto municipality = state.municipalities.find(name);
  const v1::Population& figure = request.population();
  const PopulationRecord* record =
      population_on(*municipality, *platform::parse_date(figure.reference_date()), figure.source());
  const auto number = static_cast<std::size_t>(record - municipality->populations.data()) + 1;
  reply = resource(name, number, *record);
  return grpc::Status::OK;
}

std::variant<std::vector<MunicipalityLine>, platform::CsvFault> read_file(
    const v1::ImportMunicipalitiesRequest& request) {
  if (request.csv().size() > kImportBytesMax) {
    return platform::CsvFault{1, "", "the file is larger than 2 MiB"};
  }
  return read_municipalities(request.csv(), request.population_source().empty()
                                                ? kPopulationSource
                                                : request.population_source());
}

}  // namespace

template <class Request, class Reply>
grpc::ServerUnaryReactor* MunicipalityApi::ask_view(grpc::CallbackServerContext* call,
                                                    const Request* request, Reply* reply) {
  return ask(call, national_, reply, [this, request](const State& state, Log&, Reply& shown) {
    return view(state, *request, national_.today(), shown);
  });
}

grpc::ServerUnaryReactor* MunicipalityApi::CreateMunicipality(
    grpc::CallbackServerContext* call, const v1::CreateMunicipalityRequest* request,
    v1::Municipality* reply) {
  return carry_out(call, national_, request, reply,
                   [this, request](const State& state, Log&, v1::Municipality& shown) {
                     const auto name =
                         child<MunicipalityName>("", "municipalities", request->municipality_id());
                     return show_municipality(state, name, national_.today(), shown);
                   });
}

grpc::ServerUnaryReactor* MunicipalityApi::UpdateMunicipality(
    grpc::CallbackServerContext* call, const v1::UpdateMunicipalityRequest* request,
    v1::Municipality* reply) {
  return carry_out(call, national_, request, reply,
                   [this, request](const State& state, Log&, v1::Municipality& shown) {
                     const MunicipalityName name{request->municipality().name()};
                     return show_municipality(state, name, national_.today(), shown);
                   });
}

grpc::ServerUnaryReactor* MunicipalityApi::GetMunicipality(
    grpc::CallbackServerContext* call, const v1::GetMunicipalityRequest* request,
    v1::Municipality* reply) {
  return ask_view(call, request, reply);
}

grpc::ServerUnaryReactor* MunicipalityApi::ListMunicipalities(
    grpc::CallbackServerContext* call, const v1::ListMunicipalitiesRequest* request,
    v1::ListMunicipalitiesResponse* reply) {
  return ask_view(call, request, reply);
}

grpc::ServerUnaryReactor* MunicipalityApi::ListRegionMunicipalities(
    grpc::CallbackServerContext* call, const v1::ListRegionMunicipalitiesRequest* request,
    v1::ListRegionMunicipalitiesResponse* reply) {
  return ask_view(call, request, reply);
}

grpc::ServerUnaryReactor* MunicipalityApi::RecordPopulation(
    grpc::CallbackServerContext* call, const v1::RecordPopulationRequest* request,
    v1::Population* reply) {
  return carry_out(call, national_, request, reply,
                   [request](const State& state, Log&, v1::Population& shown) {
                     return show_population(state, *request, shown);
                   });
}

grpc::ServerUnaryReactor* MunicipalityApi::ListPopulations(
    grpc::CallbackServerContext* call, const v1::ListPopulationsRequest* request,
    v1::ListPopulationsResponse* reply) {
  return ask_view(call, request, reply);
}

grpc::ServerUnaryReactor* MunicipalityApi::ImportMunicipalities(
    grpc::CallbackServerContext* call, const v1::ImportMunicipalitiesRequest* request,
    v1::ImportMunicipalitiesResponse* reply) {
  auto read = read_file(*request);
  if (const auto* fault = std::get_if<platform::CsvFault>(&read)) {
    return platform::finish(call, to_status(refuse_import(*fault)));
  }
  const auto lines = std::make_shared<const std::vector<MunicipalityLine>>(
      std::get<std::vector<MunicipalityLine>>(std::move(read)));
  return platform::run_command<Registry>(
      call, national_.logs, kNationalLog, *request, reply,
      [lines](const State& state, const Context& context) {
        return decide_import(state, *lines, context);
      },
      [lines](const platform::Committed<Registry>& done, Log&,
              v1::ImportMunicipalitiesResponse& shown) {
        shown.set_municipalities(static_cast<std::int32_t>(lines->size()));
        shown.set_facts(static_cast<std::int32_t>(done.last_position + 1 - done.first_position));
        return grpc::Status::OK;
      });
}

}  // namespace kkr::registry
