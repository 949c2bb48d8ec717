#include "services/financing/app/members.h"

#include <map>

namespace kkr::financing {

SplitAnswer answer_of(const SplitQuestion& question, const RegistryReply& reply) {
  const std::string reference_date = platform::format_date(question.reference_date);
  std::map<std::string, const registry::v1::Population*> counted;
  for (const registry::v1::Municipality& municipality : reply.counted.municipalities()) {
    if (municipality.population().reference_date() != reference_date) continue;
    counted[municipality.code()] = &municipality.population();
  }
  SplitAnswer answer{question, {}, reply.generation, reply.position};
  for (const registry::v1::Municipality& municipality : reply.members.municipalities()) {
    v1::SplitMember& member = answer.members.emplace_back();
    member.set_code(municipality.code());
    member.set_display_name(municipality.display_name());
    member.set_official_name(municipality.official_name());
    member.set_cvr(municipality.cvr());
    member.set_ean(municipality.ean());
    const auto found = counted.find(municipality.code());
    if (found == counted.end()) continue;
    member.set_population(found->second->count());
    member.set_population_source(found->second->source());
    *member.mutable_population_recorded_at() = found->second->recorded_at();
  }
  return answer;
}

}  // namespace kkr::financing
