# cmake -D OUT=file.cc -D FOLDER=deploy/schema/sqlite -D HEADER=path.h -D FUNCTION=name \
#       -D NAMESPACE=kkr::platform -P …
# Writes the folder's SQL files, in order of name, as raw string literals into a C++ source that
# defines `const std::vector<const char*>& NAMESPACE::FUNCTION()`, as HEADER declares it.
file(GLOB paths ${FOLDER}/[0-9][0-9][0-9][0-9]_*.sql)
list(SORT paths)
string(CONCAT source
  "#include \"${HEADER}\"\n\n"
  "namespace ${NAMESPACE} {\n\n"
  "const std::vector<const char*>& ${FUNCTION}() {\n"
  "  static const std::vector<const char*> kMigrations = {\n")
foreach(path IN LISTS paths)
  file(READ ${path} sql)
  string(APPEND source "R\"sql(${sql})sql\",\n")
endforeach()
string(APPEND source "  };\n  return kMigrations;\n}\n\n}  // namespace ${NAMESPACE}\n")
file(WRITE ${OUT} "${source}")
