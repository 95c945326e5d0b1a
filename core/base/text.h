#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace fairway {

/// A sentence with what fills it, so that a layer above can say it in another language: core speaks plain English and knows of no
/// translator, the window asks for the pattern's translation and fills that.
///
/// Shape:   a pattern (a literal of ours, with places %1 to %9) and a text for each place, or words that nobody translates
///          (names, numbers, what a server said). Made by phrase() and Text::verbatim().
/// Cost:    a pointer; copies share what they point to. Immutable.
/// Threads: any.
class Text {
public:
    /// The pattern in another language; the pattern itself when there is none. `context` as given to phrase().
    using Lookup = std::function<std::string(const char *context, const char *pattern)>;

    Text() = default;
    [[nodiscard]] static Text verbatim(std::string words);

    [[nodiscard]] bool empty() const { return !m_parts; }
    /// In English: for logs, the command line and tests.
    [[nodiscard]] std::string plain() const;
    [[nodiscard]] std::string in(const Lookup &lookup) const;
    /// The pattern with its places filled, in order: texts, strings, whole numbers.
    template <typename... Parts>
    [[nodiscard]] Text with(Parts &&...parts) const
    {
        static_assert(sizeof...(parts) >= 1 && sizeof...(parts) <= 9, "places are %1 to %9");
        return filled(std::vector<Text> {partOf(std::forward<Parts>(parts))...});
    }
    /// The same with a capital in front and a full stop behind, where the language and the words have such.
    [[nodiscard]] Text asSentence() const;

    friend bool operator==(const Text &a, const Text &b) { return a.m_parts == b.m_parts || a.plain() == b.plain(); }
    friend bool operator==(const Text &text, std::string_view words) { return text.plain() == words; }
    friend std::ostream &operator<<(std::ostream &out, const Text &text) { return out << text.plain(); }

private:
    struct Parts {
        const char *context = nullptr;
        const char *pattern = nullptr; ///< Null: `words` as they are.
        std::string words;
        std::vector<Text> args;
        bool isSentence = false;
    };
    explicit Text(Parts parts)
        : m_parts(std::make_shared<const Parts>(std::move(parts)))
    {
    }
    [[nodiscard]] Text filled(std::vector<Text> args) const;
    [[nodiscard]] static Text patternOf(const char *context, const char *pattern);

    [[nodiscard]] static Text partOf(Text text) { return text; }
    [[nodiscard]] static Text partOf(std::string words) { return verbatim(std::move(words)); }
    [[nodiscard]] static Text partOf(std::string_view words) { return verbatim(std::string(words)); }
    [[nodiscard]] static Text partOf(const char *words) { return verbatim(words); }
    template <typename Number, std::enable_if_t<std::is_integral_v<Number>, int> = 0> // moc of Qt 6.4 can't read <concepts>
    [[nodiscard]] static Text partOf(Number number)
    {
        return verbatim(std::to_string(number));
    }

    template <std::size_t C, std::size_t P>
    friend Text phrase(const char (&context)[C], const char (&pattern)[P]);

    std::shared_ptr<const Parts> m_parts; ///< Null when empty.
};

/// A sentence of ours that the window can say in another language. Both literals are found in the source by Qt's lupdate (see
/// translations/update.sh), so they must stand in the call; the context is the module's name.
///
///     phrase("route", "%1 has %2 of %3 pods ready").with(label, found.ready, found.total)
template <std::size_t C, std::size_t P>
[[nodiscard]] Text phrase(const char (&context)[C], const char (&pattern)[P])
{
    return Text::patternOf(context, pattern);
}

} // namespace fairway
