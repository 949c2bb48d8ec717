// Prints the OpenAPI document of this build, for tools that want it without a running site.
#include <iostream>

#include "gateway/openapi/catalog.h"
#include "gateway/openapi/document.h"
#include "gateway/openapi/embedded_descriptors.h"

int main() {
  const auto catalog = kkr::gateway::Catalog::create(kkr::gateway::embedded_descriptors());
  if (!catalog.ok()) return std::cerr << catalog.status() << '\n', 1;
  const auto document = kkr::gateway::openapi_document((*catalog)->described());
  if (!document.ok()) return std::cerr << document.status() << '\n', 1;
  std::cout << *document << '\n';
}
