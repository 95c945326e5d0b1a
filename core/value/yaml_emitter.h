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

/// Writes YAML text in block style, laid out as go-yaml's emitter does (libyaml's algorithm).
/// The caller says what comes; this class knows where it goes.
class YamlEmitter {
public:
    enum class Style : std::uint8_t { Plain, SingleQuoted, DoubleQuoted, Literal };

    /// go-yaml v2 folds texts at the first space beyond column 80, v3 never (`foldsLines` false).
    YamlEmitter(std::string &out, bool foldsLines)
        : m_out(out)
        , m_foldsLines(foldsLines)
    {
    }

    /// Starts a line at `indent` unless the cursor stands there already.
    void startLine(int indent);
    /// A mark such as "-", "?" or ":".
    void indicator(std::string_view mark, bool needsSpace, bool leavesIndention = false);
    /// `indent` is where continuation lines go. The key of a member must stay on one line.
    void scalar(std::string_view text, Style style, int indent, bool isSimpleKey = false);

    /// True when nothing but indentation and `-`/`?` marks stand on the line: what follows may start here.
    [[nodiscard]] bool isAtIndention() const { return m_indention; }

private:
    void put(char c);
    void putText(std::string_view text);
    void putBreak();
    void flowText(std::string_view text, int indent, bool isQuoted);
    void doubleQuoted(std::string_view text, int indent);
    [[nodiscard]] bool isLineFull() const;
    /// The line can't become full before the text's end.
    [[nodiscard]] bool canStay(std::string_view text) const;
    void literal(std::string_view text, int indent);

    std::string &m_out;
    const bool m_foldsLines;
    bool m_mayFold = false; ///< In the scalar that is being written.
    int m_column = 0;       ///< In characters.
    bool m_whitespace = true; ///< The last thing written was white space.
    bool m_indention = true;
};

} // namespace fairway::value
