#include "services/consultation/app/invitation.h"

#include <algorithm>
#include <map>
#include <utility>

namespace kkr::consultation {
namespace {

bool means(const v1::Invitation& invitation, const registry::v1::Municipality& municipality) {
  if (invitation.clusters().empty()) return true;
  const auto& wanted = invitation.clusters();
  return std::any_of(municipality.clusters().begin(), municipality.clusters().end(),
                     [&](const std::string& cluster) {
                       return std::find(wanted.begin(), wanted.end(), cluster) != wanted.end();
                     });
}

}  // namespace

std::string as_of_date(const v1::Invitation& invitation, LocalDate today) {
  return invitation.as_of_date().empty() ? platform::format_date(today) : invitation.as_of_date();
}

ResolvedInvitation resolve(const Round& round, std::string as_of_date, const RegistryReply& reply) {
  std::map<std::string, std::string> cluster_titles;
  for (const registry::v1::Cluster& cluster : reply.clusters.clusters()) {
    cluster_titles[cluster.name()] = cluster.display_name();
  }
  std::map<std::string, v1::InvitedMunicipality> by_code;
  for (const registry::v1::Municipality& municipality : reply.municipalities.municipalities()) {
    if (!means(round.content.invitation(), municipality)) continue;
    v1::InvitedMunicipality& invited = by_code[municipality.code()];
    invited.set_code(municipality.code());
    invited.set_display_name(municipality.display_name());
    invited.clear_clusters();
    for (const std::string& name : municipality.clusters()) {
      v1::InvitedCluster& cluster = *invited.add_clusters();
      cluster.set_name(name);
      cluster.set_display_name(cluster_titles[name]);
    }
  }
  ResolvedInvitation resolved;
  resolved.round_etag = round.etag;
  resolved.as_of_date = std::move(as_of_date);
  for (auto& [code, invited] : by_code) resolved.invited.push_back(std::move(invited));
  resolved.registry_generation = reply.generation;
  resolved.registry_position = reply.position;
  return resolved;
}

}  // namespace kkr::consultation
