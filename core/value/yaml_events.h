#pragma once

#include "core/base/result.h"

#include <yaml.h>

#include <memory>
#include <string>
#include <string_view>

namespace fairway::value {

/// libyaml's events of one text, with errors in go-yaml's words.
///
/// Shape:   next() until type() is YAML_STREAM_END_EVENT; event() is valid until the next call of next().
/// Errors:  InvalidInput ("yaml: line 3: did not find expected key"). Sticky.
/// Threads: one owner. The text must outlive the reader.
class YamlEvents {
public:
    explicit YamlEvents(std::string_view text);
    ~YamlEvents();
    YamlEvents(const YamlEvents &) = delete;
    YamlEvents &operator=(const YamlEvents &) = delete;

    [[nodiscard]] Result<void> next();
    [[nodiscard]] const yaml_event_t &event() const { return m_event; }
    [[nodiscard]] yaml_event_type_t type() const { return m_event.type; }

    /// Of a scalar, its text; of an alias, start of a list or map, nothing.
    [[nodiscard]] std::string_view scalarText() const;
    /// Empty when none.
    [[nodiscard]] std::string_view anchor() const;
    [[nodiscard]] std::string_view tag() const;

private:
    [[nodiscard]] Error describe() const;

    yaml_parser_t m_parser {};
    yaml_event_t m_event {};
    bool m_failed = false;
};

} // namespace fairway::value
