#include "core/proxy/outlet.h"

#include <sys/socket.h>

#include <cassert>
#include <cerrno>
#include <cstring>

namespace fairway::proxy {

namespace {

/// Buffers larger than this are given back once empty.
constexpr std::size_t kRetainedCapacity = 4096;

} // namespace

Gather::Gather()
    : m_memory(std::make_unique_for_overwrite<char[]>(kMemory))
{
}

bool Gather::add(std::string_view piece)
{
    if (piece.size() > kCopied) {
        if (m_count == m_pieces.size()) {
            return false;
        }
        m_pieces[m_count++] = {const_cast<char *>(piece.data()), piece.size()};
        m_size += piece.size();
        return true;
    }
    char *const memory = reserve(piece.size());
    if (memory == nullptr) {
        return false;
    }
    std::memcpy(memory, piece.data(), piece.size());
    commit(piece.size());
    return true;
}

char *Gather::reserve(std::size_t size)
{
    return kMemory - m_used < size || m_count == m_pieces.size() ? nullptr : m_memory.get() + m_used;
}

void Gather::commit(std::size_t size)
{
    char *const start = m_memory.get() + m_used;
    if (m_count > 0 && static_cast<char *>(m_pieces[m_count - 1].iov_base) + m_pieces[m_count - 1].iov_len == start) {
        m_pieces[m_count - 1].iov_len += size;
    } else {
        m_pieces[m_count++] = {start, size};
    }
    m_used += size;
    m_size += size;
}

void Gather::moveTo(std::string &into, std::size_t from)
{
    for (std::size_t i = 0; i < m_count; ++i) {
        const std::string_view piece(static_cast<const char *>(m_pieces[i].iov_base), m_pieces[i].iov_len);
        if (from >= piece.size()) {
            from -= piece.size();
        } else {
            into.append(piece.substr(from));
            from = 0;
        }
    }
    clear();
}

void Gather::clear()
{
    m_used = m_size = m_count = 0;
    m_owner = nullptr;
}

char *Outlet::begin(std::size_t bound)
{
    if (keptSize() > 0) {
        return nullptr; // Order: what waits goes first.
    }
    assert(m_gather->m_owner == nullptr || m_gather->m_owner == this);
    m_gather->m_owner = this;
    char *const memory = m_gather->reserve(bound);
    if (memory == nullptr) {
        m_gather->moveTo(m_kept, 0);
    }
    return memory;
}

void Outlet::add(std::string_view piece)
{
    if (piece.empty()) {
        return;
    }
    if (keptSize() == 0) {
        assert(m_gather->m_owner == nullptr || m_gather->m_owner == this);
        m_gather->m_owner = this;
        if (m_gather->add(piece)) {
            return;
        }
        m_gather->moveTo(m_kept, 0);
    }
    m_kept.append(piece);
}

void Outlet::keep()
{
    if (m_gather->m_owner == this) {
        m_gather->moveTo(m_kept, 0);
    }
}

void Outlet::drop()
{
    if (m_gather->m_owner == this) {
        m_gather->clear();
    }
    m_kept = {};
    m_keptAt = 0;
}

Outlet::Outcome Outlet::flush(int fd)
{
    if (keptSize() > 0) {
        return flushKept(fd);
    }
    if (m_gather->m_owner != this || m_gather->isEmpty()) {
        return Outcome::Sent;
    }
    ssize_t sent = 0;
    if (m_gather->m_count == 1) {
        sent = ::send(fd, m_gather->m_pieces[0].iov_base, m_gather->m_pieces[0].iov_len, MSG_NOSIGNAL);
    } else {
        msghdr message {};
        message.msg_iov = m_gather->m_pieces.data();
        message.msg_iovlen = m_gather->m_count;
        sent = ::sendmsg(fd, &message, MSG_NOSIGNAL);
    }
    if (sent < 0) {
        if (errno != EAGAIN && errno != EINTR) {
            drop();
            return Outcome::Failed;
        }
        sent = 0;
    }
    m_sentBytes += static_cast<std::uint64_t>(sent);
    if (static_cast<std::size_t>(sent) == m_gather->m_size) {
        m_gather->clear();
        return Outcome::Sent;
    }
    m_gather->moveTo(m_kept, static_cast<std::size_t>(sent));
    // A short send can also mean memory pressure: only EAGAIN promises an EPOLLOUT.
    return flushKept(fd);
}

Outlet::Outcome Outlet::flushKept(int fd)
{
    while (m_keptAt < m_kept.size()) {
        const ssize_t sent = ::send(fd, m_kept.data() + m_keptAt, m_kept.size() - m_keptAt, MSG_NOSIGNAL);
        if (sent < 0) {
            if (errno == EINTR) {
                continue;
            }
            if (errno == EAGAIN) {
                if (m_keptAt > m_kept.size() / 2) {
                    m_kept.erase(0, m_keptAt);
                    m_keptAt = 0;
                }
                return Outcome::Blocked;
            }
            drop();
            return Outcome::Failed;
        }
        m_keptAt += static_cast<std::size_t>(sent);
        m_sentBytes += static_cast<std::uint64_t>(sent);
    }
    m_keptAt = 0;
    if (m_kept.capacity() > kRetainedCapacity) {
        m_kept = {};
    } else {
        m_kept.clear();
    }
    return Outcome::Sent;
}

} // namespace fairway::proxy
