#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <system_error>
#include <thread>
#include <vector>

namespace fairway::chart {

/// Calls `work(i)` for each i below `count`, at most eight at a time, and returns when all are done. `work` must not throw.
template <typename Work>
void forEachInParallel(std::size_t count, const Work &work)
{
    constexpr std::size_t mostThreads = 8; // They wait for servers, not for processors.
    std::atomic<std::size_t> next {0};
    const auto run = [&] {
        for (std::size_t i = next++; i < count; i = next++)
            work(i);
    };
    std::vector<std::thread> threads;
    try {
        for (std::size_t i = 1; i < std::min(count, mostThreads); ++i)
            threads.emplace_back(run);
    } catch (const std::system_error &) {
        // No more threads are to be had: those there are do all of it.
    }
    run();
    for (std::thread &thread : threads)
        thread.join();
}

} // namespace fairway::chart
