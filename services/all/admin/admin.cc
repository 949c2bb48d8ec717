#include "services/all/admin/admin.h"

#include "services/all/admin/copy.h"
#include "services/all/admin/import.h"
#include "services/all/admin/verify.h"

namespace kkr {

std::vector<Subcommand> declare_admin(CLI::App& app) {
  CLI::App* admin = app.add_subcommand("admin", "Looks after a site, whether it runs or not");
  admin->require_subcommand(1);
  return {declare_verify(*admin), declare_backup(*admin), declare_restore(*admin),
          declare_import(*admin)};
}

}  // namespace kkr
