// AnswerService over gRPC.
#pragma once

#include "kkr/consultation/v1/answers.grpc.pb.h"
#include "services/consultation/api/calls.h"

namespace kkr::consultation {

class AnswerApi final : public v1::AnswerService::CallbackService {
 public:
  explicit AnswerApi(Logs& logs) : logs_(logs) {}

  grpc::ServerUnaryReactor* SaveDraft(grpc::CallbackServerContext* call,
                                      const v1::SaveDraftRequest* request,
                                      v1::DraftedQuestion* reply) override;
  grpc::ServerUnaryReactor* SubmitAnswer(grpc::CallbackServerContext* call,
                                         const v1::SubmitAnswerRequest* request,
                                         v1::Answer* reply) override;
  grpc::ServerUnaryReactor* RecordAnswer(grpc::CallbackServerContext* call,
                                         const v1::RecordAnswerRequest* request,
                                         v1::Answer* reply) override;
  grpc::ServerUnaryReactor* WithdrawAnswer(grpc::CallbackServerContext* call,
                                           const v1::WithdrawAnswerRequest* request,
                                           v1::Answer* reply) override;
  grpc::ServerUnaryReactor* RecordTreatment(grpc::CallbackServerContext* call,
                                            const v1::RecordTreatmentRequest* request,
                                            v1::Answer* reply) override;
  grpc::ServerUnaryReactor* EraseAnswerTexts(grpc::CallbackServerContext* call,
                                             const v1::EraseAnswerTextsRequest* request,
                                             v1::Answer* reply) override;

  grpc::ServerUnaryReactor* GetDraft(grpc::CallbackServerContext* call,
                                     const v1::GetDraftRequest* request, v1::Draft* reply) override;
  grpc::ServerUnaryReactor* GetAnswer(grpc::CallbackServerContext* call,
                                      const v1::GetAnswerRequest* request,
                                      v1::Answer* reply) override;
  grpc::ServerUnaryReactor* ListAnswers(grpc::CallbackServerContext* call,
                                        const v1::ListAnswersRequest* request,
                                        v1::ListAnswersResponse* reply) override;
  grpc::ServerUnaryReactor* ListAnswerVersions(grpc::CallbackServerContext* call,
                                               const v1::ListAnswerVersionsRequest* request,
                                               v1::ListAnswerVersionsResponse* reply) override;
  grpc::ServerUnaryReactor* CompareAnswerVersions(grpc::CallbackServerContext* call,
                                                  const v1::CompareAnswerVersionsRequest* request,
                                                  v1::AnswerComparison* reply) override;

 private:
  Logs& logs_;
};

}  // namespace kkr::consultation
