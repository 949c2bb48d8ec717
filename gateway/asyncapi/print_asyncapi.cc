// Prints the AsyncAPI document of this build.
#include <iostream>

#include "gateway/asyncapi/document.h"
#include "gateway/openapi/embedded_descriptors.h"

int main() {
  const auto document = kkr::gateway::asyncapi_document(kkr::gateway::embedded_descriptors());
  if (!document.ok()) return std::cerr << document.status() << '\n', 1;
  std::cout << *document << '\n';
}
