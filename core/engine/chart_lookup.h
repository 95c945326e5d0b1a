#pragma once

#include "core/base/result.h"
#include "core/gotemplate/template_error.h"
#include "core/value/value.h"

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

namespace fairway::engine {

/// Objects that a chart's `lookup` finds when there is no cluster: documents of a YAML text, lists opened.
class LookupObjects {
public:
    using Function = std::function<gotemplate::TemplateResult<value::Value>(
        std::string_view apiVersion, std::string_view kind, std::string_view nameSpace, std::string_view name)>;

    /// Errors: InvalidInput in go-yaml's words. Bounds: parseYamlDocuments().
    [[nodiscard]] static Result<LookupObjects> read(std::string_view yaml);

    /// As Helm's against a cluster: with a name the object or an empty map, without one a list of those in the namespace (all when it
    /// is empty). Holds the objects by itself.
    [[nodiscard]] Function function() const;

private:
    std::shared_ptr<const std::vector<value::Value>> m_objects;
};

} // namespace fairway::engine
