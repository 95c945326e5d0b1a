#include "core/net/file_descriptor.h"

#include <unistd.h>

namespace fairway::net {

void FileDescriptor::reset()
{
    if (m_fd >= 0) {
        ::close(std::exchange(m_fd, -1));
    }
}

} // namespace fairway::net
