#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace fairway::value {

/// Which ways of writing a text keep its meaning.
struct ScalarForms {
    bool plain = true;        ///< In block context.
    bool singleQuoted = true;
    bool literal = true;
    bool isMultiline = false;
};

/// Looks at a valid UTF-8 text once.
[[nodiscard]] ScalarForms formsOf(std::string_view text);

/// Writes YAML text in block style, laid out as go-yaml's emitter does (libyaml's algorithm with lines of any width).
/// The caller says what comes; this class knows where it goes.
class YamlEmitter {
public:
    enum class Style : std::uint8_t { Plain, SingleQuoted, DoubleQuoted, Literal };

    explicit YamlEmitter(std::string &out)
        : m_out(out)
    {
    }

    /// Starts a line at `indent` unless the cursor stands there already.
    void startLine(int indent);
    /// A mark such as "-", "?" or ":".
    void indicator(std::string_view mark, bool needsSpace, bool leavesIndention = false);
    /// `indent` is where continuation lines go.
    void scalar(std::string_view text, Style style, int indent);

    /// True when nothing but indentation and `-`/`?` marks stand on the line: what follows may start here.
    [[nodiscard]] bool isAtIndention() const { return m_indention; }

private:
    void put(char c);
    void putText(std::string_view text);
    void putBreak();
    void flowText(std::string_view text, int indent, bool doubleSingleQuotes);
    void doubleQuoted(std::string_view text);
    void literal(std::string_view text, int indent);

    std::string &m_out;
    int m_column = 0;
    bool m_whitespace = true; ///< The last thing written was white space.
    bool m_indention = true;
};

} // namespace fairway::value
