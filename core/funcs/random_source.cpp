#include "core/funcs/random_source.h"

#include "core/funcs/pinned_random.h"

#include <sys/random.h>

#include <cerrno>
#include <cstdlib>

namespace fairway::funcs {

RandomSource::RandomSource(const gotemplate::Call &call, const FunctionContext &context)
{
    if (context.pinned != nullptr)
        m_pinned.emplace(context.pinned->seedOf(context.pinned->draw(call.name(), call.arguments())));
}

std::string RandomSource::bytes(std::size_t count)
{
    std::string out(count, '\0');
    auto *data = reinterpret_cast<unsigned char *>(out.data());
    if (m_pinned) {
        std::uint64_t word = 0;
        for (std::size_t i = 0; i < count; ++i) {
            if (i % 8 == 0)
                word = m_pinned->next();
            data[i] = static_cast<unsigned char>(word >> (8 * (i % 8)));
        }
        return out;
    }
    for (std::size_t done = 0; done < count;) {
        const ssize_t got = getrandom(data + done, count - done, 0);
        if (got > 0)
            done += static_cast<std::size_t>(got);
        else if (errno != EINTR)
            std::abort(); // The kernel has no randomness: going on would make guessable secrets.
    }
    return out;
}

unsigned char RandomSource::next()
{
    constexpr std::size_t stock = 256;
    if (m_used == m_stock.size()) {
        m_stock = bytes(stock);
        m_used = 0;
    }
    return static_cast<unsigned char>(m_stock[m_used++]);
}

std::uint64_t RandomSource::below(std::uint64_t bound)
{
    // Without bias: what lies beyond the last whole multiple is drawn again.
    const bool isSmall = bound <= 256;
    const std::uint64_t limit = isSmall ? 256 - 256 % bound : ~std::uint64_t {0} - ~std::uint64_t {0} % bound;
    for (;;) {
        std::uint64_t number = next();
        for (int i = 1; !isSmall && i < 8; ++i)
            number = number << 8U | next();
        if (number < limit)
            return number % bound;
    }
}

} // namespace fairway::funcs
