#include "core/base/base64.h"
#include "core/lab/seed_shop.h"
#include "core/value/json.h"

#include <zlib.h>

#include <string>

namespace fairway::lab {

using value::Value;

namespace {

std::string gzipped(std::string_view text)
{
    z_stream stream {};
    // 15 + 16: the gzip wrapper, which Helm expects.
    if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return std::string(text); // Helm's decoder takes plain JSON too
    std::string input(text);
    std::string output(deflateBound(&stream, static_cast<uLong>(input.size())) + 32, '\0');
    stream.next_in = reinterpret_cast<Bytef *>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    stream.next_out = reinterpret_cast<Bytef *>(output.data());
    stream.avail_out = static_cast<uInt>(output.size());
    deflate(&stream, Z_FINISH);
    output.resize(stream.total_out);
    deflateEnd(&stream);
    return output;
}

} // namespace

Value helmSecret(const HelmRelease &release, std::string_view firstDeployed, std::string_view time)
{
    const Value info = Value::map({{"first_deployed", firstDeployed}, {"last_deployed", time}, {"deleted", ""},
        {"description", release.description}, {"status", release.status}, {"notes", release.notes}});
    const Value chart = Value::map({{"metadata",
                                        Value::map({{"name", release.chart}, {"version", release.chartVersion},
                                            {"appVersion", release.appVersion}, {"apiVersion", "v2"}, {"type", "application"},
                                            {"description", "Part of the practice cluster"}})},
        {"lock", Value()}, {"templates", Value::list()}, {"values", Value::map()}, {"schema", Value()}, {"files", Value()}});
    const std::string json = value::toJson(Value::map({{"name", release.name}, {"info", info}, {"chart", chart}, {"config", Value::map()},
        {"manifest", release.manifest}, {"version", release.revision}, {"namespace", release.ns}, {"apply_method", "ssa"}}));
    const std::string revision = std::to_string(release.revision);
    return Value::map({{"apiVersion", "v1"}, {"kind", "Secret"},
        {"metadata",
            Value::map({{"name", "sh.helm.release.v1." + std::string(release.name) + ".v" + revision}, {"namespace", release.ns},
                {"labels", Value::map({{"name", release.name}, {"owner", "helm"}, {"status", release.status}, {"version", revision}})}})},
        {"type", "helm.sh/release.v1"}, {"data", Value::map({{"release", encodeBase64(encodeBase64(gzipped(json)))}})}});
}

} // namespace fairway::lab
