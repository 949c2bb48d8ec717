// PersonService over gRPC: the only way to a name, an address or a number.
#pragma once

#include "kkr/registry/v1/person.grpc.pb.h"
#include "services/registry/api/national_log.h"

namespace kkr::registry {

class PersonApi final : public v1::PersonService::CallbackService {
 public:
  explicit PersonApi(NationalLog national) : national_(national) {}

  grpc::ServerUnaryReactor* CreatePerson(grpc::CallbackServerContext* call,
                                         const v1::CreatePersonRequest* request,
                                         v1::Person* reply) override;
  grpc::ServerUnaryReactor* UpdatePerson(grpc::CallbackServerContext* call,
                                         const v1::UpdatePersonRequest* request,
                                         v1::Person* reply) override;
  grpc::ServerUnaryReactor* GetPerson(grpc::CallbackServerContext* call,
                                      const v1::GetPersonRequest* request,
                                      v1::Person* reply) override;
  grpc::ServerUnaryReactor* ListPersons(grpc::CallbackServerContext* call,
                                        const v1::ListPersonsRequest* request,
                                        v1::ListPersonsResponse* reply) override;
  grpc::ServerUnaryReactor* ErasePerson(grpc::CallbackServerContext* call,
                                        const v1::ErasePersonRequest* request,
                                        v1::Person* reply) override;

 private:
  NationalLog national_;
};

}  // namespace kkr::registry
