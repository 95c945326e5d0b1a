#include "core/funcs/prime_stock.h"

#include <algorithm>
#include <system_error>
#include <utility>

namespace fairway::funcs {

PrimeStock::PrimeStock(int bits)
    : m_bits(bits)
{
}

PrimeStock::~PrimeStock()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_isEnding = true;
    }
    m_changed.notify_all();
    for (std::thread &thread : m_threads)
        thread.join();
}

void PrimeStock::expect(std::size_t count)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_expected += count;
        const unsigned processors = std::thread::hardware_concurrency();
        const std::size_t wanted = std::min({processors > 1 ? processors - std::size_t {1} : 0, mostThreads, m_expected});
        try {
            while (m_threads.size() < wanted)
                m_threads.emplace_back(&PrimeStock::prepare, this);
        } catch (const std::system_error &) {
            // No more threads are to be had: take() does what is left.
        }
    }
    m_changed.notify_all();
}

SecretNumber PrimeStock::take()
{
    // Which search comes to its end first is luck, however long each has been going on: so this thread looks as well, until there is one.
    for (;;) {
        SecretNumber ready = takeReady();
        if (ready)
            return ready;
        SecretNumber found = PrimeSearch(m_bits).find([this] { return m_hasReady.load(std::memory_order_relaxed); });
        if (!found && m_hasReady)
            continue;
        const std::scoped_lock lock(m_mutex);
        m_expected -= m_expected > 0 ? 1 : 0;
        return found;
    }
}

SecretNumber PrimeStock::takeReady()
{
    SecretNumber out;
    {
        const std::scoped_lock lock(m_mutex);
        if (m_ready.empty())
            return nullptr;
        out = std::move(m_ready.back());
        m_ready.pop_back();
        m_hasReady = !m_ready.empty();
    }
    m_changed.notify_all();
    return out;
}

void PrimeStock::prepare()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, [this] { return m_isEnding || (m_expected > 0 && m_ready.size() < mostReady); });
        if (m_isEnding)
            return;
        --m_expected;
        lock.unlock();
        SecretNumber found = PrimeSearch(m_bits).find([this] { return m_isEnding.load(std::memory_order_relaxed); });
        lock.lock();
        if (!found)
            return; // It ends, or libcrypto failed: take() will say so.
        m_ready.push_back(std::move(found));
        m_hasReady = true;
    }
}

} // namespace fairway::funcs
