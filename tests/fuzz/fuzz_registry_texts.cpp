#include "core/chart/auth_challenge.h"
#include "core/chart/clear_sign.h"
#include "core/chart/oci_manifest.h"
#include "core/chart/provenance.h"
#include "core/chart/registry_client.h"
#include "core/chart/registry_config.h"
#include "core/chart/registry_reference.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace fairway::chart;

/// What registries, configurations and provenance files say: no crash; what was read is written so that it reads the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const std::string_view text(reinterpret_cast<const char *>(data) + 1, size - 1);
    switch (data[0] % 7) {
    case 0:
        if (readAuthChallenge(text).parameters.size() > 32)
            std::abort();
        break;
    case 1:
        if (const auto reference = RegistryReference::parse(text)) {
            const auto again = RegistryReference::parse(reference->toString());
            if (!again || again->toString() != reference->toString() || reference->repository.find("..") != std::string::npos)
                std::abort();
        }
        break;
    case 2:
        if (const auto message = readClearSigned(text)) {
            // The signed bytes are the text with other line ends, the last one left out.
            if (message->signedBytes.size() > 2 * message->text.size() || message->signature.empty())
                std::abort();
            (void)readProvenanceText(message->text);
        }
        break;
    case 3:
        (void)readProvenanceText(text);
        break;
    case 4:
        if (auto config = RegistryConfig::parse(text)) {
            const auto again = RegistryConfig::parse(config->toText());
            if (!again || again->toText() != config->toText())
                std::abort();
            config->set("registry.example", {"user", "password", "", ""});
            const auto found = config->find("registry.example");
            if (!found || !*found || (*found)->password != "password" || !config->remove("registry.example"))
                std::abort();
        }
        break;
    case 5:
        if (const auto content = parseOciContent(text); content && content->manifests.empty()) {
            const auto again = parseOciContent(content->manifest.toJson());
            if (!again || again->manifest.toJson() != content->manifest.toJson())
                std::abort();
        }
        break;
    default:
        (void)nextPage(text, "https://registry.example/v2/a/tags/list");
        (void)registryComplaint(text, fairway::chart::HelmVersion::V4);
        break;
    }
    return 0;
}
