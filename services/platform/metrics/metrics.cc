#include "services/platform/metrics/metrics.h"

#include <prometheus/text_serializer.h>

namespace kkr::platform {

prometheus::Registry& metrics() {
  static prometheus::Registry registry;
  return registry;
}

std::string metrics_text() { return prometheus::TextSerializer().Serialize(metrics().Collect()); }

}  // namespace kkr::platform
