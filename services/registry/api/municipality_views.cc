#include "services/registry/api/municipality_views.h"

#include <map>
#include <string>
#include <vector>

#include "services/registry/api/national_log.h"
#include "services/registry/api/page_fill.h"
#include "services/registry/domain/memberships.h"
#include "services/registry/domain/municipality.h"
#include "services/registry/domain/resources.h"

namespace kkr::registry {
namespace {

using platform::RequestFields;

// Where municipalities belong on a date, looked up once for a whole list.
class Belonging {
 public:
  Belonging(const State& state, LocalDate as_of) : as_of_(as_of) {
    state.regions.for_each([&](const RegionName& name, const Region& region) {
      for (const Membership& member : region.members) {
        if (member.period.contains(as_of)) regions_[member.municipality] = name;
      }
    });
    state.clusters.for_each([&](const ClusterName& name, const Cluster& cluster) {
      for (const Membership& member : cluster.members) {
        if (member.period.contains(as_of)) clusters_[member.municipality].push_back(name);
      }
    });
  }

  v1::Municipality shown(const MunicipalityName& name, const Municipality& municipality) const {
    v1::Municipality shown = resource(name, municipality);
    if (const auto region = regions_.find(name); region != regions_.end()) {
      shown.set_region(region->second.text);
    }
    if (const auto clusters = clusters_.find(name); clusters != clusters_.end()) {
      for (const ClusterName& cluster : clusters->second) shown.add_clusters(cluster.text);
    }
    if (const PopulationRecord* record = population_as_of(municipality, as_of_)) {
      const auto number = static_cast<std::size_t>(record - municipality.populations.data()) + 1;
      *shown.mutable_population() = resource(name, number, *record);
    }
    return shown;
  }

 private:
  LocalDate as_of_;
  std::map<MunicipalityName, RegionName> regions_;
  std::map<MunicipalityName, std::vector<ClusterName>> clusters_;
};

}  // namespace

grpc::Status show_municipality(const State& state, const MunicipalityName& name, LocalDate as_of,
                               v1::Municipality& reply) {
  const auto municipality = state.municipalities.find(name);
  if (municipality == nullptr) {
    return to_status(refuse(Rejection::kMunicipalityUnknown, {{"name", name.text}}));
  }
  reply = Belonging(state, as_of).shown(name, *municipality);
  return grpc::Status::OK;
}

grpc::Status view(const State& state, const v1::GetMunicipalityRequest& request, LocalDate today,
                  v1::Municipality& reply) {
  RequestFields fields;
  const LocalDate as_of = read_as_of(fields, request.as_of(), today);
  if (!fields.ok()) return fields.status();
  return show_municipality(state, MunicipalityName{request.name()}, as_of, reply);
}

grpc::Status view(const State& state, const v1::ListMunicipalitiesRequest& request, LocalDate today,
                  v1::ListMunicipalitiesResponse& reply) {
  RequestFields fields;
  const LocalDate as_of = read_as_of(fields, request.as_of(), today);
  PageFill page(fields, "municipalities@" + platform::format_date(as_of), request);
  if (!fields.ok()) return fields.status();
  const Belonging belonging(state, as_of);
  state.municipalities.for_each([&](const MunicipalityName& name, const Municipality& one) {
    if (page.takes(name.text)) *reply.add_municipalities() = belonging.shown(name, one);
  });
  reply.set_next_page_token(page.next_page_token());
  return grpc::Status::OK;
}

grpc::Status view(const State& state, const v1::ListRegionMunicipalitiesRequest& request,
                  LocalDate today, v1::ListRegionMunicipalitiesResponse& reply) {
  RequestFields fields;
  const auto parent = read_name<RegionName>(fields, "parent", request.parent());
  const LocalDate as_of = read_as_of(fields, request.as_of(), today);
  PageFill page(fields, parent.text + "/municipalities@" + platform::format_date(as_of), request);
  if (!fields.ok()) return fields.status();
  const auto region = state.regions.find(parent);
  if (region == nullptr) {
    return to_status(refuse(Rejection::kRegionUnknown, {{"name", parent.text}}));
  }
  const Belonging belonging(state, as_of);
  std::int32_t total = 0;
  for (const Membership& member : region->members) {
    if (!member.period.contains(as_of)) continue;
    ++total;
    if (!page.takes(member.municipality.text)) continue;
    *reply.add_municipalities() =
        belonging.shown(member.municipality, *state.municipalities.find(member.municipality));
  }
  reply.set_next_page_token(page.next_page_token());
  reply.set_total_size(total);
  reply.set_as_of(platform::format_date(as_of));
  return grpc::Status::OK;
}

grpc::Status view(const State& state, const v1::ListPopulationsRequest& request, LocalDate today,
                  v1::ListPopulationsResponse& reply) {
  RequestFields fields;
  const auto parent = read_name<MunicipalityName>(fields, "parent", request.parent());
  const LocalDate as_of = read_as_of(fields, request.as_of(), today);
  PageFill page(fields, parent.text + "/populations@" + platform::format_date(as_of), request);
  if (!fields.ok()) return fields.status();
  const auto municipality = state.municipalities.find(parent);
  if (municipality == nullptr) {
    return to_status(refuse(Rejection::kMunicipalityUnknown, {{"name", parent.text}}));
  }
  std::size_t number = 0;
  for (const PopulationRecord& record : municipality->populations) {
    std::string key = std::to_string(++number);
    key.insert(0, 10 - std::min<std::size_t>(key.size(), 10), '0');  // Sorts as the number does.
    if (record.reference_date > as_of || !page.takes(key)) continue;
    *reply.add_populations() = resource(parent, number, record);
  }
  reply.set_next_page_token(page.next_page_token());
  return grpc::Status::OK;
}

}  // namespace kkr::registry
