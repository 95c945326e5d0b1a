#include "core/funcs/tables.h"
#include "core/funcs/toml.h"
#include "core/funcs/yaml_pretty.h"
#include "core/value/yaml.h"
namespace fairway::funcs {
std::span<const gotemplate::FunctionSpec> urlFunctions() { return {}; }
std::span<const gotemplate::FunctionSpec> dateFunctions() { return {}; }
std::span<const gotemplate::FunctionSpec> randomFunctions() { return {}; }
std::span<const gotemplate::FunctionSpec> cryptoFunctions() { return {}; }
gotemplate::TemplateResult<std::string> writeToml(const value::Value &) { return std::string(); }
gotemplate::TemplateResult<value::Value> readToml(std::string_view) { return value::Value::map(); }
std::string yamlPretty(const value::Value &v) { return value::toYaml(v); }
}
