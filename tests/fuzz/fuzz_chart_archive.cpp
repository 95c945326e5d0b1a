#include "core/chart/chart_archive.h"

#include <zlib.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace fairway;

namespace {

/// Gzip that only stores, so that the fuzzer's bytes reach the reader of tar archives as they are.
std::string stored(std::string_view text)
{
    z_stream z {};
    if (deflateInit2(&z, 0, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return {};
    std::string out(deflateBound(&z, text.size()) + 64, '\0');
    z.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(text.data()));
    z.avail_in = static_cast<uInt>(text.size());
    z.next_out = reinterpret_cast<Bytef *>(out.data());
    z.avail_out = static_cast<uInt>(out.size());
    deflate(&z, Z_FINISH);
    out.resize(z.total_out);
    deflateEnd(&z);
    return out;
}

void check(std::string_view archive)
{
    chart::ChartLimits limits;
    limits.maxChartBytes = 1 << 20;
    limits.maxFileBytes = 1 << 18;
    limits.maxFiles = 200;
    auto files = chart::readChartArchive(archive, limits);
    if (!files)
        return;
    std::uint64_t bytes = 0;
    for (const chart::ChartFile &file : *files) {
        if (file.name.empty() || file.name.starts_with('/') || file.name.starts_with(".."))
            std::abort();
        bytes += file.data.size();
    }
    if (bytes > limits.maxChartBytes)
        std::abort();
    const chart::Messages messages(chart::HelmVersion::V4);
    chart::ValueSources sources;
    (void)chart::chartFromFiles(std::move(*files), {chart::HelmVersion::V4, messages, sources, limits});
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char *>(data), size);
    check(bytes);
    check(stored(bytes));
    return 0;
}
