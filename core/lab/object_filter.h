#pragma once

#include "core/lab/api_error.h"
#include "core/lab/object_service.h"
#include "core/lab/selectors.h"

#include <string>
#include <string_view>

namespace fairway::lab {

/// Which objects a list or watch is about: namespace, label selector, field selector.
/// Threads: immutable.
class ObjectFilter {
public:
    /// Errors: 400 for a selector that can't be read or a field that the kind can't be selected by.
    [[nodiscard]] static ApiResult<ObjectFilter> make(ResourceTypePtr type, std::string_view ns, std::string_view name,
        std::string_view labelSelector, std::string_view fieldSelector);

    [[nodiscard]] bool matches(const StoredObject &object) const;
    [[nodiscard]] const std::string &ns() const { return m_namespace; }
    [[nodiscard]] bool isEverything() const;

private:
    [[nodiscard]] bool matchesFields(const StoredObject &object) const;

    ResourceTypePtr m_type;
    std::string m_namespace;
    std::string m_name;
    LabelSelector m_labels;
    FieldSelector m_fields;
};

} // namespace fairway::lab
