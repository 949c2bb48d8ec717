#include "services/consultation/domain/round.h"

namespace kkr::consultation {

const v1::InvitedMunicipality* invitee_of(const Round& round, const MunicipalityCode& code) {
  const auto found = round.invited->find(code);
  return found == round.invited->end() ? nullptr : &found->second;
}

const Extension* extension_of(const Round& round, const MunicipalityCode& code) {
  const auto found = round.extensions.find(code);
  return found == round.extensions.end() ? nullptr : &found->second;
}

LocalDate deadline_of(const Round& round, const MunicipalityCode& code) {
  const Extension* extension = extension_of(round, code);
  if (extension != nullptr && extension->deadline) return *extension->deadline;
  return round.deadline.value();
}

bool is_late(const Round& round, const MunicipalityCode& code, absl::Time at) {
  return at >= platform::end_of(deadline_of(round, code));
}

const v1::Question* question_of(const Round& round, std::string_view id) {
  for (const v1::Question& question : round.content.questions()) {
    if (question.id() == id) return &question;
  }
  return nullptr;
}

}  // namespace kkr::consultation
