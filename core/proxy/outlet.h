#pragma once

#include "core/http/serializer.h"

#include <sys/uio.h>

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace fairway::proxy {

class Outlet;

/// What is about to be sent in one call, shared by all connections of a worker: heads are built in its memory, small pieces
/// are copied behind them, large pieces are only pointed at. It belongs to one Outlet from the first piece to the flush, so
/// a connection with nothing in transit holds no buffer at all.
class Gather {
public:
    Gather();
    [[nodiscard]] bool isEmpty() const { return m_count == 0; }

private:
    friend class Outlet;
    /// False: no room left.
    [[nodiscard]] bool add(std::string_view piece);
    /// Memory for a head, nullptr when there is no room. commit() what was written.
    [[nodiscard]] char *reserve(std::size_t size);
    void commit(std::size_t size);
    void moveTo(std::string &into, std::size_t from);
    void clear();

    static constexpr std::size_t kMemory = 256 * 1024;
    static constexpr std::size_t kCopied = 4096; ///< Below this a copy is cheaper than one more element to gather.
    std::unique_ptr<char[]> m_memory;
    std::size_t m_used = 0;
    std::size_t m_size = 0;
    std::array<iovec, 32> m_pieces;
    std::size_t m_count = 0;
    const Outlet *m_owner = nullptr; ///< Debugging aid: whose pieces these are.
};

/// The sending side of one socket. Pieces added are sent together by flush(); what the kernel does not take is kept here, and
/// only then memory is used. Views handed to add() must stay until flush().
class Outlet {
public:
    enum class Outcome { Sent, Blocked, Failed };

    explicit Outlet(Gather &gather)
        : m_gather(&gather)
    {
    }
    void add(std::string_view piece);
    /// Calls write(http::Writer &) with room for `bound` octets.
    template <typename Write>
    void addHead(std::size_t bound, Write write)
    {
        if (char *memory = begin(bound)) {
            http::Writer out({memory, bound});
            write(out);
            m_gather->commit(out.size());
            return;
        }
        const std::size_t before = m_kept.size();
        m_kept.resize(before + bound);
        http::Writer out({m_kept.data() + before, bound});
        write(out);
        m_kept.resize(before + out.size());
    }
    /// Sent: the kernel has everything. Blocked: wait for EPOLLOUT, then flush again. Failed: the connection is gone.
    [[nodiscard]] Outcome flush(int fd);
    /// Keeps everything until a later flush: for a connection that is not there yet.
    void keep();
    /// Forgets everything.
    void drop();
    [[nodiscard]] std::size_t keptSize() const { return m_kept.size() - m_keptAt; }
    /// Octets handed to the kernel so far.
    [[nodiscard]] std::uint64_t sentBytes() const { return m_sentBytes; }

private:
    [[nodiscard]] char *begin(std::size_t bound);
    Outcome flushKept(int fd);

    Gather *m_gather;
    std::string m_kept;
    std::size_t m_keptAt = 0;
    std::uint64_t m_sentBytes = 0;
};

} // namespace fairway::proxy
