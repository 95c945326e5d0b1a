#pragma once

#include "core/value/value.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::lab {

/// Labels of one object in one allocation: what a list with a selector looks at, without parsing the object.
class LabelSet {
public:
    LabelSet() = default;
    explicit LabelSet(const value::Value &labels); ///< A map of strings; anything else is empty.
    [[nodiscard]] std::optional<std::string_view> get(std::string_view key) const;
    [[nodiscard]] bool isEmpty() const { return m_text.empty(); }

private:
    std::string m_text; ///< key NUL value NUL …
};

/// A label selector. Default-made it matches everything.
/// Source: apimachinery labels.Parse; metav1.LabelSelector.
class LabelSelector {
public:
    /// "a=b,c!=d,e in (x,y),f notin (z),g,!h". nullopt: not a selector.
    [[nodiscard]] static std::optional<LabelSelector> parse(std::string_view text);
    /// {matchLabels, matchExpressions}. An absent selector (Null) matches nothing, an empty one everything.
    [[nodiscard]] static LabelSelector fromObject(const value::Value &selector);
    /// A plain map as in a Service; an empty or absent one matches nothing.
    [[nodiscard]] static LabelSelector fromMap(const value::Value &map);

    [[nodiscard]] bool matches(const LabelSet &labels) const;
    [[nodiscard]] bool isEverything() const { return m_requirements.empty() && !m_isNothing; }
    [[nodiscard]] bool isNothing() const { return m_isNothing; }

private:
    enum class Operator { In, NotIn, Exists, Absent };
    struct Requirement {
        std::string key;
        Operator op = Operator::In;
        std::vector<std::string> values;
    };
    std::vector<Requirement> m_requirements;
    bool m_isNothing = false;
};

/// {matchLabels…} as the text form used in a Scale's status.selector.
[[nodiscard]] std::string selectorText(const value::Value &selector);

/// A field selector: "metadata.name=x,status.phase!=Running". Which fields exist is the caller's to know.
class FieldSelector {
public:
    struct Term {
        std::string field;
        std::string wanted;
        bool isNegated = false;
    };
    [[nodiscard]] static std::optional<FieldSelector> parse(std::string_view text);
    [[nodiscard]] const std::vector<Term> &terms() const { return m_terms; }
    [[nodiscard]] bool isEverything() const { return m_terms.empty(); }
    /// The value that `field` must equal, if the selector says so.
    [[nodiscard]] std::optional<std::string_view> exactly(std::string_view field) const;

private:
    std::vector<Term> m_terms;
};

} // namespace fairway::lab
