#pragma once

#include "core/base/random.h"

#include <string>

/// Makes random templates that run without an error and whose output does not depend on chance: text, actions, conditions, loops,
/// variables and the functions whose answers are the same each time.
class TemplateGenerator {
public:
    explicit TemplateGenerator(std::uint64_t seed)
        : m_random(seed)
    {
    }
    [[nodiscard]] std::string next();

private:
    [[nodiscard]] std::size_t pick(std::size_t count) { return static_cast<std::size_t>(m_random.below(count)); }
    [[nodiscard]] std::string body(int depth);
    [[nodiscard]] std::string statement(int depth);
    [[nodiscard]] std::string any(int depth);
    [[nodiscard]] std::string text(int depth);
    [[nodiscard]] std::string literal();
    [[nodiscard]] std::string integer(int depth);
    [[nodiscard]] std::string real(int depth);
    [[nodiscard]] std::string truth(int depth);
    [[nodiscard]] std::string list(int depth);
    [[nodiscard]] std::string dict(int depth);

    fairway::Random m_random;
    int m_variables = 0;
};
