#include "services/registry/api/cluster_api.h"

#include <string>

#include "services/registry/api/page_fill.h"
#include "services/registry/domain/cluster.h"
#include "services/registry/domain/resources.h"

namespace kkr::registry {
namespace {

using platform::RequestFields;

grpc::Status show_cluster(const State& state, const ClusterName& name, v1::Cluster& reply) {
  const auto cluster = state.clusters.find(name);
  if (cluster == nullptr) {
    return to_status(refuse(Rejection::kClusterUnknown, {{"name", name.text}}));
  }
  reply = resource(name, *cluster);
  return grpc::Status::OK;
}

v1::Cluster shown_as_of(const ClusterName& name, const Cluster& cluster, LocalDate as_of) {
  v1::Cluster shown = resource(name, cluster);
  shown.clear_members();
  for (const Membership& member : cluster.members) {
    if (member.period.contains(as_of)) *shown.add_members() = resource(member);
  }
  return shown;
}

grpc::Status list(const State& state, const v1::ListClustersRequest& request, LocalDate today,
                  v1::ListClustersResponse& reply) {
  RequestFields fields;
  const auto parent = read_name<RegionName>(fields, "parent", request.parent());
  const LocalDate as_of = read_as_of(fields, request.as_of(), today);
  PageFill page(fields, parent.text + "/clusters@" + platform::format_date(as_of), request);
  if (!fields.ok()) return fields.status();
  if (!state.regions.contains(parent)) {
    return to_status(refuse(Rejection::kRegionUnknown, {{"name", parent.text}}));
  }
  for_each_within(state.clusters, parent.text,
                  [&](const ClusterName& name, const Cluster& cluster) {
                    v1::Cluster shown = shown_as_of(name, cluster, as_of);
                    if (shown.members_size() > 0 && page.takes(name.text))
                      *reply.add_clusters() = std::move(shown);
                  });
  reply.set_next_page_token(page.next_page_token());
  return grpc::Status::OK;
}

}  // namespace

grpc::ServerUnaryReactor* ClusterApi::CreateCluster(grpc::CallbackServerContext* call,
                                                    const v1::CreateClusterRequest* request,
                                                    v1::Cluster* reply) {
  return carry_out(
      call, national_, request, reply, [request](const State& state, Log&, v1::Cluster& shown) {
        const auto name = child<ClusterName>(request->parent(), "clusters", request->cluster_id());
        return show_cluster(state, name, shown);
      });
}

grpc::ServerUnaryReactor* ClusterApi::GetCluster(grpc::CallbackServerContext* call,
                                                 const v1::GetClusterRequest* request,
                                                 v1::Cluster* reply) {
  return ask(call, national_, reply, [request](const State& state, Log&, v1::Cluster& shown) {
    return show_cluster(state, ClusterName{request->name()}, shown);
  });
}

grpc::ServerUnaryReactor* ClusterApi::ListClusters(grpc::CallbackServerContext* call,
                                                   const v1::ListClustersRequest* request,
                                                   v1::ListClustersResponse* reply) {
  return ask(call, national_, reply, [this, request](const State& state, Log&, auto& shown) {
    return list(state, *request, national_.today(), shown);
  });
}

grpc::ServerUnaryReactor* ClusterApi::AddClusterMember(grpc::CallbackServerContext* call,
                                                       const v1::AddClusterMemberRequest* request,
                                                       v1::Cluster* reply) {
  return carry_out(call, national_, request, reply,
                   [request](const State& state, Log&, v1::Cluster& shown) {
                     return show_cluster(state, ClusterName{request->name()}, shown);
                   });
}

grpc::ServerUnaryReactor* ClusterApi::EndClusterMember(grpc::CallbackServerContext* call,
                                                       const v1::EndClusterMemberRequest* request,
                                                       v1::Cluster* reply) {
  return carry_out(call, national_, request, reply,
                   [request](const State& state, Log&, v1::Cluster& shown) {
                     return show_cluster(state, ClusterName{request->name()}, shown);
                   });
}

}  // namespace kkr::registry
