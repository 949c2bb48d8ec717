#include "services/registry/api/person_api.h"

#include <string>

#include "absl/strings/ascii.h"
#include "services/platform/grpc/failure_status.h"
#include "services/registry/api/page_fill.h"
#include "services/registry/domain/person.h"
#include "services/registry/domain/resources.h"

namespace kkr::registry {
namespace {

using platform::RequestFields;

constexpr std::size_t kDocumentsMax = 256;

grpc::Status store_failed() {
  return platform::failure_status(platform::CommandFailure::kStoreUnavailable);
}

// The person as the state and its document tell. The document may have been erased after the state
// was made; the person is shown as erased then.
v1::Person shown(const PersonName& name, const Person& person,
                 const std::optional<std::string>& document) {
  v1::Person shown;
  if (document) shown.ParseFromString(*document);
  shown.MergeFrom(resource(name, person));
  shown.set_erased(!document);
  return shown;
}

grpc::Status show_person(const State& state, Log& log, const PersonName& name, v1::Person& reply) {
  const auto person = state.persons.find(name);
  if (person == nullptr) return to_status(refuse(Rejection::kPersonUnknown, {{"name", name.text}}));
  const auto document = log.store().document(name.text);
  if (std::holds_alternative<platform::StoreFailure>(document)) return store_failed();
  reply = shown(name, *person, std::get<std::optional<std::string>>(document));
  return grpc::Status::OK;
}

// Walks the documents, of which there is one for each person that is not erased, in order of names.
grpc::Status list(const State& state, Log& log, const v1::ListPersonsRequest& request,
                  LocalDate today, v1::ListPersonsResponse& reply) {
  RequestFields fields;
  const LocalDate as_of = read_as_of(fields, request.as_of(), today);
  PageFill page(fields, "persons@" + platform::format_date(as_of), request);
  if (!fields.ok()) return fields.status();
  std::string after = page.after();
  while (!page.full()) {
    const auto read = log.store().documents("persons/", after, kDocumentsMax);
    const auto* documents = std::get_if<std::vector<platform::DocumentWrite>>(&read);
    if (documents == nullptr) return store_failed();
    for (const platform::DocumentWrite& document : *documents) {
      const PersonName name{document.key};
      const auto person = state.persons.find(name);
      if (person == nullptr || person->registered_at >= platform::end_of(as_of)) continue;
      if (page.takes(name.text)) *reply.add_persons() = shown(name, *person, document.value);
    }
    if (documents->size() < kDocumentsMax) break;
    after = documents->back().key;
  }
  reply.set_next_page_token(page.next_page_token());
  return grpc::Status::OK;
}

}  // namespace

grpc::ServerUnaryReactor* PersonApi::CreatePerson(grpc::CallbackServerContext* call,
                                                  const v1::CreatePersonRequest* request,
                                                  v1::Person* reply) {
  return carry_out(call, national_, request, reply,
                   [request](const State& state, Log& log, v1::Person& shown) {
                     Context context;  // As it was for the decision.
                     context.new_id = absl::AsciiStrToLower(request->request_id());
                     return show_person(state, log, new_person_name(*request, context), shown);
                   });
}

grpc::ServerUnaryReactor* PersonApi::UpdatePerson(grpc::CallbackServerContext* call,
                                                  const v1::UpdatePersonRequest* request,
                                                  v1::Person* reply) {
  return carry_out(call, national_, request, reply,
                   [request](const State& state, Log& log, v1::Person& shown) {
                     return show_person(state, log, PersonName{request->person().name()}, shown);
                   });
}

grpc::ServerUnaryReactor* PersonApi::GetPerson(grpc::CallbackServerContext* call,
                                               const v1::GetPersonRequest* request,
                                               v1::Person* reply) {
  return ask(call, national_, reply, [request](const State& state, Log& log, v1::Person& shown) {
    return show_person(state, log, PersonName{request->name()}, shown);
  });
}

grpc::ServerUnaryReactor* PersonApi::ListPersons(grpc::CallbackServerContext* call,
                                                 const v1::ListPersonsRequest* request,
                                                 v1::ListPersonsResponse* reply) {
  return ask(call, national_, reply, [this, request](const State& state, Log& log, auto& shown) {
    return list(state, log, *request, national_.today(), shown);
  });
}

grpc::ServerUnaryReactor* PersonApi::ErasePerson(grpc::CallbackServerContext* call,
                                                 const v1::ErasePersonRequest* request,
                                                 v1::Person* reply) {
  return carry_out(call, national_, request, reply,
                   [request](const State& state, Log& log, v1::Person& shown) {
                     return show_person(state, log, PersonName{request->name()}, shown);
                   });
}

}  // namespace kkr::registry
