#pragma once

#include "core/base/text.h"
#include "core/route/text_matcher.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::route {

/// One thing a webhook or analysis would say about an object.
struct Violation {
    bool isWarning = false;
    std::string code;    ///< "IST0106" for what is refused, "IST0133" for warnings, or a finding's own code.
    std::string path;    ///< "spec.http[0].match[1].uri"
    Text message;
    friend bool operator==(const Violation &, const Violation &) = default;
};

/// Collects violations while rules walk over an object. Bounded: beyond the limit only their number grows.
class Report {
public:
    void error(std::string_view path, Text message, std::string_view code = "IST0106");
    void warn(std::string_view path, Text message, std::string_view code = "IST0133");

    [[nodiscard]] const std::vector<Violation> &violations() const { return m_violations; }
    [[nodiscard]] bool hasErrors() const { return m_errors > 0; }
    [[nodiscard]] bool hasWarnings() const { return m_warnings > 0; }
    /// While on, warnings are not kept: Istio drops them from the parts of some objects.
    void muteWarnings(bool isMuted) { m_isMuted = isMuted; }
    [[nodiscard]] RegexCache &regexes() { return m_regexes; }

private:
    std::vector<Violation> m_violations;
    std::size_t m_errors = 0;
    std::size_t m_warnings = 0;
    bool m_isMuted = false;
    RegexCache m_regexes;
};

/// "spec.http" and "match" to "spec.http.match"; "spec.http" and 2 to "spec.http[2]".
[[nodiscard]] std::string field(std::string_view parent, std::string_view name);
[[nodiscard]] std::string item(std::string_view parent, std::size_t index);

} // namespace fairway::route
