#include "services/platform/operations/process_probes.h"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <vector>

#include "services/platform/metrics/metrics.h"

namespace kkr::platform {
namespace {

prometheus::MetricFamily gauge(const std::string& name, const std::string& meaning) {
  prometheus::MetricFamily family;
  family.name = name;
  family.help = meaning;
  family.type = prometheus::MetricType::Gauge;
  return family;
}

void add(prometheus::MetricFamily& family, const std::string& log, double value) {
  prometheus::ClientMetric metric;
  metric.label = {{"log", log}};
  metric.gauge.value = value;
  family.metric.push_back(metric);
}

}  // namespace

std::string ProcessProbes::metrics() {
  std::vector<prometheus::MetricFamily> families{
      gauge("kkr_log_position", "Position of the newest event of a log"),
      gauge("kkr_log_read_only", "1 when a log is damaged and takes no commands")};
  for (const auto& listed : directory_.list()) {
    add(families[0], listed.log, static_cast<double>(listed.head.position));
    add(families[1], listed.log, listed.health.read_only && !listed.health.may_pass ? 1 : 0);
  }
  return metrics_text() + prometheus::TextSerializer().Serialize(families);
}

}  // namespace kkr::platform
