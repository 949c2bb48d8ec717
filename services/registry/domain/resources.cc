#include "services/registry/domain/resources.h"

#include <string>

#include "services/platform/time/timestamp.h"
#include "services/registry/domain/checks.h"

namespace kkr::registry {

v1::Region resource(const RegionName& name, const Region& region) {
  v1::Region shown;
  shown.set_name(name.text);
  shown.set_display_name(region.display_name);
  shown.set_official_name(region.official_name);
  write_period(region.period, shown);
  shown.set_etag(etag_of(region.position));
  return shown;
}

v1::RegionMembership resource(const RegionName& name, const Membership& membership) {
  v1::RegionMembership shown;
  shown.set_region(name.text);
  shown.set_municipality(membership.municipality.text);
  write_period(membership.period, shown);
  return shown;
}

v1::Cluster resource(const ClusterName& name, const Cluster& cluster) {
  v1::Cluster shown;
  shown.set_name(name.text);
  shown.set_display_name(cluster.display_name);
  shown.set_verified(cluster.verified);
  shown.set_note(cluster.note);
  for (const Membership& member : cluster.members) *shown.add_members() = resource(member);
  shown.set_etag(etag_of(cluster.position));
  return shown;
}

v1::ClusterMembership resource(const Membership& membership) {
  v1::ClusterMembership shown;
  shown.set_municipality(membership.municipality.text);
  write_period(membership.period, shown);
  shown.set_verified(membership.verified);
  return shown;
}

v1::Body resource(const BodyName& name, const Body& body) {
  v1::Body shown;
  shown.set_name(name.text);
  shown.set_display_name(body.display_name);
  shown.set_kind(body.kind);
  write_period(body.period, shown);
  shown.set_etag(etag_of(body.position));
  return shown;
}

v1::Municipality resource(const MunicipalityName& name, const Municipality& municipality) {
  v1::Municipality shown;
  shown.set_name(name.text);
  shown.set_code(std::string(name.id()));
  shown.set_display_name(municipality.display_name);
  shown.set_official_name(municipality.official_name);
  shown.set_cvr(municipality.cvr);
  shown.set_ean(municipality.ean);
  shown.set_mailbox(municipality.mailbox);
  shown.set_etag(etag_of(municipality.position));
  return shown;
}

v1::Population resource(const MunicipalityName& name, std::size_t number,
                        const PopulationRecord& record) {
  v1::Population shown;
  shown.set_name(name.text + "/populations/" + std::to_string(number));
  shown.set_count(record.count);
  shown.set_reference_date(platform::format_date(record.reference_date));
  shown.set_source(record.source);
  *shown.mutable_recorded_at() = platform::timestamp_of(record.recorded_at);
  return shown;
}

v1::Office resource(const OfficeName& name, const Office& office) {
  v1::Office shown;
  shown.set_name(name.text);
  shown.set_title(office.title);
  write_period(office.period, shown);
  for (const Tenure& tenure : office.tenures) {
    v1::Tenure& added = *shown.add_tenures();
    added.set_person(tenure.person.text);
    write_period(tenure.period, added);
  }
  shown.set_etag(etag_of(office.position));
  return shown;
}

v1::Person resource(const PersonName& name, const Person& person) {
  v1::Person shown;
  shown.set_name(name.text);
  shown.set_erased(person.erased);
  shown.set_etag(etag_of(person.position));
  return shown;
}

}  // namespace kkr::registry
