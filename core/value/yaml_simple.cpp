#include "core/value/yaml_simple.h"

#include "core/value/yaml_simple_reader.h"

namespace fairway::value {

std::optional<Value> readSimpleYaml(std::string_view text, const YamlOptions &options)
{
    Value root;
    SimpleYamlReader reader(text, options);
    if (!reader.read([&](SimpleYamlNode &node) { root = node.tree(); }))
        return std::nullopt;
    return root;
}

} // namespace fairway::value
