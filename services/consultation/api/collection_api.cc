#include "services/consultation/api/collection_api.h"

#include <string>
#include <utility>

#include "services/consultation/app/collection_view.h"
#include "services/consultation/app/export_collection.h"
#include "services/consultation/domain/collection_commands.h"
#include "services/platform/grpc/failure_status.h"
#include "services/platform/grpc/request_fields.h"

namespace kkr::consultation {
namespace {

grpc::Status collection_unknown() { return to_status(refusal(Rejection::kCollectionUnknown)); }

// The whole collection of that name.
grpc::Status show(const Consultation& state, Log& log, const std::string& name,
                  v1::Collection& reply) {
  const auto parsed = parse_collection_name(name);
  if (!parsed) return collection_unknown();
  if (!state.rounds.contains(parsed->round)) return to_status(refusal(Rejection::kRoundUnknown));
  const auto made = state.collections.find(parsed->round);
  const auto collection = made == nullptr ? nullptr : made->find(parsed->number);
  if (collection == nullptr) return collection_unknown();
  Texts texts(log.store());
  reply = shown(state, log.region(), parsed->round, *collection, texts);
  *reply.mutable_content() = content_of(state, parsed->round, *collection, texts);
  return status_of(texts);
}

grpc::Status list(const Consultation& state, Log& log, const std::string& parent,
                  const std::string& scope, const platform::Page& page,
                  v1::ListCollectionsResponse& reply) {
  const RoundId round = round_of(parent);
  if (!state.rounds.contains(round)) return to_status(refusal(Rejection::kRoundUnknown));
  const auto made = state.collections.find(round);
  if (made == nullptr) return grpc::Status::OK;
  Texts texts(log.store());
  const int after = number_in(page.after);
  made->visit_after(&after, [&](int number, const Collection& collection) {
    if (static_cast<std::size_t>(reply.collections_size()) == page.size) {
      reply.set_next_page_token(platform::make_page_token(scope, std::to_string(number - 1)));
      return false;
    }
    *reply.add_collections() = shown(state, log.region(), round, collection, texts);
    return true;
  });
  return status_of(texts);
}

grpc::Status export_as(v1::ExportFormat format, const v1::Collection& collection,
                       grpc::CallbackServerContext& call, google::api::HttpBody& reply) {
  ExportedFile file = exported(collection, format);
  if (file.content.empty()) {
    return platform::failure_status(platform::CommandFailure::kStorageFull);
  }
  // A page is for looking at; the others are for other programs.
  const std::string use = format == v1::EXPORT_FORMAT_HTML ? "inline" : "attachment";
  call.AddInitialMetadata("content-disposition", use + "; filename=\"" + file.name + "\"");
  reply.set_content_type(std::move(file.content_type));
  reply.set_data(std::move(file.content));
  return grpc::Status::OK;
}

}  // namespace

grpc::ServerUnaryReactor* CollectionApi::CreateCollection(
    grpc::CallbackServerContext* call, const v1::CreateCollectionRequest* request,
    v1::Collection* reply) {
  return platform::run_command(
      call, logs_, region_of(request->parent()), *request, reply,
      [request](const Consultation& state, const Context& context) {
        return decide(state, *request, context);
      },
      [round = round_of(request->parent())](const Committed& done, Log& log, v1::Collection& made) {
        const Consultation& state = done.state->state;
        // The one this command made, also when others have been made since.
        const Collection* own = nullptr;
        const auto collections = state.collections.find(round);
        if (collections != nullptr) {
          collections->for_each([&](int, const Collection& one) {
            if (one.position == done.first_position) own = &one;
          });
        }
        if (own == nullptr) return collection_unknown();
        Texts texts(log.store());
        made = shown(state, log.region(), round, *own, texts);
        return status_of(texts);
      });
}

grpc::ServerUnaryReactor* CollectionApi::EraseCollectionNotes(
    grpc::CallbackServerContext* call, const v1::EraseCollectionNotesRequest* request,
    v1::Collection* reply) {
  return carry_out(
      call, logs_, request->name(), request, reply,
      [name = request->name()](const Consultation& state, Log& log, v1::Collection& made) {
        grpc::Status status = show(state, log, name, made);
        made.clear_content();
        return status;
      });
}

grpc::ServerUnaryReactor* CollectionApi::GetCollection(grpc::CallbackServerContext* call,
                                                       const v1::GetCollectionRequest* request,
                                                       v1::Collection* reply) {
  return look_up(call, logs_, request->name(), reply,
                 [request](const Consultation& state, Log& log, v1::Collection& made) {
                   return show(state, log, request->name(), made);
                 });
}

grpc::ServerUnaryReactor* CollectionApi::ListCollections(grpc::CallbackServerContext* call,
                                                         const v1::ListCollectionsRequest* request,
                                                         v1::ListCollectionsResponse* reply) {
  const std::string scope = request->parent() + "/collections";
  platform::RequestFields fields;
  const platform::Page page = fields.page(scope, request->page_size(), request->page_token());
  if (!fields.ok()) return platform::finish(call, fields.status());
  return look_up(call, logs_, request->parent(), reply,
                 [request, scope, page](const Consultation& state, Log& log,
                                        v1::ListCollectionsResponse& made) {
                   return list(state, log, request->parent(), scope, page, made);
                 });
}

grpc::ServerUnaryReactor* CollectionApi::ExportCollection(
    grpc::CallbackServerContext* call, const v1::ExportCollectionRequest* request,
    google::api::HttpBody* reply) {
  if (request->format() == v1::EXPORT_FORMAT_UNSPECIFIED ||
      !v1::ExportFormat_IsValid(request->format())) {
    return platform::finish(
        call, to_status(refusal(Rejection::kArgumentInvalid,
                                {{"field", "format"}, {"rule", "JSON, CSV, XLSX or HTML"}})));
  }
  return look_up(call, logs_, request->name(), reply,
                 [call, request](const Consultation& state, Log& log, google::api::HttpBody& made) {
                   v1::Collection collection;
                   grpc::Status status = show(state, log, request->name(), collection);
                   if (!status.ok()) return status;
                   return export_as(request->format(), collection, *call, made);
                 });
}

}  // namespace kkr::consultation
