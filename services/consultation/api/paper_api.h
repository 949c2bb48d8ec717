// PaperService over gRPC.
#pragma once

#include "kkr/consultation/v1/papers.grpc.pb.h"
#include "services/consultation/api/calls.h"

namespace kkr::consultation {

class PaperApi final : public v1::PaperService::CallbackService {
 public:
  explicit PaperApi(Logs& logs) : logs_(logs) {}

  grpc::ServerUnaryReactor* CreatePaper(grpc::CallbackServerContext* call,
                                        const v1::CreatePaperRequest* request,
                                        v1::Paper* reply) override;
  grpc::ServerUnaryReactor* UpdatePaper(grpc::CallbackServerContext* call,
                                        const v1::UpdatePaperRequest* request,
                                        v1::Paper* reply) override;
  grpc::ServerUnaryReactor* AddPaperVersion(grpc::CallbackServerContext* call,
                                            const v1::AddPaperVersionRequest* request,
                                            v1::Paper* reply) override;
  grpc::ServerUnaryReactor* ApprovePaper(grpc::CallbackServerContext* call,
                                         const v1::ApprovePaperRequest* request,
                                         v1::Paper* reply) override;
  grpc::ServerUnaryReactor* GetPaper(grpc::CallbackServerContext* call,
                                     const v1::GetPaperRequest* request, v1::Paper* reply) override;
  grpc::ServerUnaryReactor* ListPapers(grpc::CallbackServerContext* call,
                                       const v1::ListPapersRequest* request,
                                       v1::ListPapersResponse* reply) override;

 private:
  Logs& logs_;
};

}  // namespace kkr::consultation
