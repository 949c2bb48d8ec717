// CollectionService over gRPC.
#pragma once

#include "kkr/consultation/v1/collections.grpc.pb.h"
#include "services/consultation/api/calls.h"

namespace kkr::consultation {

class CollectionApi final : public v1::CollectionService::CallbackService {
 public:
  explicit CollectionApi(Logs& logs) : logs_(logs) {}

  grpc::ServerUnaryReactor* CreateCollection(grpc::CallbackServerContext* call,
                                             const v1::CreateCollectionRequest* request,
                                             v1::Collection* reply) override;
  grpc::ServerUnaryReactor* EraseCollectionNotes(grpc::CallbackServerContext* call,
                                                 const v1::EraseCollectionNotesRequest* request,
                                                 v1::Collection* reply) override;
  grpc::ServerUnaryReactor* GetCollection(grpc::CallbackServerContext* call,
                                          const v1::GetCollectionRequest* request,
                                          v1::Collection* reply) override;
  grpc::ServerUnaryReactor* ListCollections(grpc::CallbackServerContext* call,
                                            const v1::ListCollectionsRequest* request,
                                            v1::ListCollectionsResponse* reply) override;
  // Sends the file's name as initial metadata, `content-disposition`.
  grpc::ServerUnaryReactor* ExportCollection(grpc::CallbackServerContext* call,
                                             const v1::ExportCollectionRequest* request,
                                             google::api::HttpBody* reply) override;

 private:
  Logs& logs_;
};

}  // namespace kkr::consultation
