#include "services/registry/domain/person.h"

#include <utility>

#include "services/platform/field/resource_name.h"
#include "services/registry/domain/checks.h"

namespace kkr::registry {
namespace {

std::optional<Refusal> check_fields(const v1::Person& person) {
  if (auto refusal = check_text("given_name", person.given_name())) return refusal;
  if (auto refusal = check_text("family_name", person.family_name())) return refusal;
  if (auto refusal = check_optional_email(person.email())) return refusal;
  return check_optional_telephone(person.telephone());
}

// What is kept outside the log: a `Person` with the four personal fields and nothing else.
platform::PrivateWrite keep(const PersonName& name, const v1::Person& person) {
  v1::Person kept;
  kept.set_given_name(person.given_name());
  kept.set_family_name(person.family_name());
  kept.set_email(person.email());
  kept.set_telephone(person.telephone());
  return {name.text, kept.SerializeAsString()};
}

}  // namespace

PersonName new_person_name(const v1::CreatePersonRequest& command, const Context& context) {
  return child<PersonName>("", "persons",
                           command.person_id().empty() ? context.new_id : command.person_id());
}

Decision decide(const State& state, const v1::CreatePersonRequest& command,
                const Context& context) {
  if (!command.person_id().empty() && !platform::is_resource_id(command.person_id())) {
    return refuse(Rejection::kIdInvalid, {{"field", "person_id"}});
  }
  const PersonName name = new_person_name(command, context);
  if (state.persons.contains(name)) return refuse(Rejection::kAlreadyExists, {{"name", name.text}});
  if (auto refusal = check_fields(command.person())) return *refusal;

  v1::Event event;
  event.mutable_person_registered()->set_person(name.text);
  Effects effects = record(stream_of(name), std::move(event));
  effects.private_writes.push_back(keep(name, command.person()));
  return effects;
}

Decision decide(const State& state, const v1::UpdatePersonRequest& command, const Context&) {
  const auto name = PersonName::parse(command.person().name());
  if (!name) return refuse(Rejection::kNameInvalid, {{"field", "person.name"}});
  const auto person = state.persons.find(*name);
  if (person == nullptr) return refuse(Rejection::kPersonUnknown, {{"name", name->text}});
  if (auto refusal = check_etag(command.person().etag(), person->position)) return *refusal;
  if (auto refusal = check_fields(command.person())) return *refusal;
  if (person->erased) return refuse(Rejection::kPersonErased, {{"name", name->text}});

  v1::Event event;
  event.mutable_person_updated()->set_person(name->text);
  Effects effects = record(stream_of(*name), std::move(event));
  effects.private_writes.push_back(keep(*name, command.person()));
  return effects;
}

Decision decide(const State& state, const v1::ErasePersonRequest& command, const Context&) {
  const auto name = PersonName::parse(command.name());
  if (!name) return refuse(Rejection::kNameInvalid, {{"field", "name"}});
  const auto person = state.persons.find(*name);
  if (person == nullptr) return refuse(Rejection::kPersonUnknown, {{"name", name->text}});
  if (auto refusal = check_etag(command.etag(), person->position)) return *refusal;
  if (person->erased) return Effects{};

  v1::Event event;
  event.mutable_person_erased()->set_person(name->text);
  Effects effects = record(stream_of(*name), std::move(event));
  effects.private_writes.push_back({name->text, std::nullopt});
  return effects;
}

void evolve(State& state, const v1::PersonRegistered& fact, const Place& at) {
  state.persons.set(PersonName{fact.person()}, Person{at.recorded_at, false, at.position});
}

void evolve(State& state, const v1::PersonUpdated& fact, const Place& at) {
  state.persons.update(PersonName{fact.person()},
                       [&](Person& person) { person.position = at.position; });
}

void evolve(State& state, const v1::PersonErased& fact, const Place& at) {
  state.persons.update(PersonName{fact.person()}, [&](Person& person) {
    person.erased = true;
    person.position = at.position;
  });
}

}  // namespace kkr::registry
