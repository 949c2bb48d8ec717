// MunicipalityService over gRPC.
#pragma once

#include "kkr/registry/v1/municipality.grpc.pb.h"
#include "services/registry/api/national_log.h"

namespace kkr::registry {

class MunicipalityApi final : public v1::MunicipalityService::CallbackService {
 public:
  explicit MunicipalityApi(NationalLog national) : national_(national) {}

  grpc::ServerUnaryReactor* CreateMunicipality(grpc::CallbackServerContext* call,
                                               const v1::CreateMunicipalityRequest* request,
                                               v1::Municipality* reply) override;
  grpc::ServerUnaryReactor* UpdateMunicipality(grpc::CallbackServerContext* call,
                                               const v1::UpdateMunicipalityRequest* request,
                                               v1::Municipality* reply) override;
  grpc::ServerUnaryReactor* GetMunicipality(grpc::CallbackServerContext* call,
                                            const v1::GetMunicipalityRequest* request,
                                            v1::Municipality* reply) override;
  grpc::ServerUnaryReactor* ListMunicipalities(grpc::CallbackServerContext* call,
                                               const v1::ListMunicipalitiesRequest* request,
                                               v1::ListMunicipalitiesResponse* reply) override;
  grpc::ServerUnaryReactor* ListRegionMunicipalities(
      grpc::CallbackServerContext* call, const v1::ListRegionMunicipalitiesRequest* request,
      v1::ListRegionMunicipalitiesResponse* reply) override;
  grpc::ServerUnaryReactor* RecordPopulation(grpc::CallbackServerContext* call,
                                             const v1::RecordPopulationRequest* request,
                                             v1::Population* reply) override;
  grpc::ServerUnaryReactor* ListPopulations(grpc::CallbackServerContext* call,
                                            const v1::ListPopulationsRequest* request,
                                            v1::ListPopulationsResponse* reply) override;
  grpc::ServerUnaryReactor* ImportMunicipalities(grpc::CallbackServerContext* call,
                                                 const v1::ImportMunicipalitiesRequest* request,
                                                 v1::ImportMunicipalitiesResponse* reply) override;

 private:
  // A query over the state alone.
  template <class Request, class Reply>
  grpc::ServerUnaryReactor* ask_view(grpc::CallbackServerContext* call, const Request* request,
                                     Reply* reply);

  NationalLog national_;
};

}  // namespace kkr::registry
