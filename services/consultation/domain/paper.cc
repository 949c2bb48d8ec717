#include "services/consultation/domain/paper.h"

namespace kkr::consultation {

const v1::PaperVersion* version_of(const Paper& paper, int number) {
  const int count = paper.content.versions_size();
  return number < 1 || number > count ? nullptr : &paper.content.versions(number - 1);
}

}  // namespace kkr::consultation
