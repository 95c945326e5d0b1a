#include "core/chart/repository_index.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace fairway;
using namespace fairway::chart;

/// What is read can be written, and reads the same again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    const Messages quiet(HelmVersion::V4);
    IndexLimits limits;
    limits.maxNodes = 20'000;
    const Result<RepositoryIndex> index = parseIndex(text, "fuzz", quiet, limits);
    if (!index)
        return 0;
    for (const auto &[name, versions] : index->entries)
        (void)index->find(name, "^1", quiet);
    const std::string written = toYaml(*index);
    const Result<RepositoryIndex> again = parseIndex(written, "fuzz", quiet);
    if (again && toYaml(*again) != written)
        std::abort();
    (void)toJson(*index);
    return 0;
}
