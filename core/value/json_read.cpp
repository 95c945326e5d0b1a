#include "core/value/json.h"
#include "core/value/json_events.h"

#include <charconv>
#include <utility>
#include <vector>

namespace fairway::value {

namespace {

/// Builds the tree from the leaves: a finished list or map goes into the one around it.
class TreeBuilder final : public JsonHandler {
public:
    explicit TreeBuilder(NumberStyle numbers)
        : m_numbers(numbers)
    {
    }

    void startMap() override { m_open.push_back({Value::map(), std::exchange(m_key, {})}); }
    void key(std::string_view text) override { m_key = text; }
    void endMap() override { close(); }
    void startList() override { m_open.push_back({Value::list(), std::exchange(m_key, {})}); }
    void endList() override { close(); }
    void string(std::string_view text) override { add(text, m_key); }
    void boolean(bool value) override { add(value, m_key); }
    void null() override { add({}, m_key); }

    void number(std::string_view token) override
    {
        const char *end = token.data() + token.size();
        std::int64_t whole = 0;
        if (m_numbers == NumberStyle::Kubernetes) {
            const auto [stop, error] = std::from_chars(token.data(), end, whole);
            if (stop == end && error == std::errc()) {
                add({whole, Origin::Int64}, m_key);
                return;
            }
        }
        // Out of range can only mean too small: readJson() has refused what is too large.
        double number = 0;
        if (std::from_chars(token.data(), end, number).ec != std::errc())
            number = 0;
        add(number, m_key);
    }

    [[nodiscard]] Value takeRoot() { return std::move(m_root); }

private:
    struct Open {
        Value container;
        std::string_view key; ///< Under which it goes into the map around it.
    };

    void close()
    {
        Open finished = std::move(m_open.back());
        m_open.pop_back();
        add(std::move(finished.container), finished.key);
    }

    void add(Value value, std::string_view key)
    {
        if (m_open.empty())
            m_root = std::move(value);
        else if (m_open.back().container.isList())
            m_open.back().container.asList().push_back(std::move(value));
        else
            m_open.back().container.asMap().set(key, std::move(value));
    }

    const NumberStyle m_numbers;
    std::vector<Open> m_open;
    std::string_view m_key;
    Value m_root;
};

} // namespace

Result<Value> parseJson(std::string_view text, const JsonLimits &limits)
{
    TreeBuilder builder(limits.numbers);
    if (auto read = readJson(text, builder, limits.maxBytes, limits.maxDepth); !read)
        return tl::unexpected<Error>(std::move(read).error());
    return builder.takeRoot();
}

} // namespace fairway::value
