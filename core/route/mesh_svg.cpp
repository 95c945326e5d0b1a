#include "core/route/mesh_svg.h"

#include "core/base/late_library.h"

#include <graphviz/cgraph.h>
#include <graphviz/gvc.h>

#include <memory>
#include <mutex>

namespace fairway::route {
namespace {

    // Its headers give some of these no const and no noexcept; the table takes them as they are.
#define FAIRWAY_CGRAPH_FUNCTIONS(F) F(agmemread) F(agclose) F(agseterr)
    struct Cgraph {
        static constexpr LateLibraryName name {"libcgraph.so.6", "libcgraph6"};
        FAIRWAY_LATE_FUNCTIONS(FAIRWAY_CGRAPH_FUNCTIONS)
    };

#define FAIRWAY_GVC_FUNCTIONS(F) F(gvContext) F(gvFreeContext) F(gvLayout) F(gvFreeLayout) F(gvRenderData) F(gvFreeRenderData)
    struct Gvc {
        static constexpr LateLibraryName name {"libgvc.so.6", "libgvc6"};
        FAIRWAY_LATE_FUNCTIONS(FAIRWAY_GVC_FUNCTIONS)
    };

    constexpr std::size_t MaxBytes = std::size_t {4} << 20;

    std::mutex &graphvizLock()
    {
        static std::mutex lock;
        return lock;
    }

} // namespace

Result<std::string> dotToSvg(const std::string &dot)
{
    if (dot.size() > MaxBytes)
        return fail(ErrorCode::LimitExceeded, phrase("route", "the picture is too large to be laid out"));
    const Result<const Cgraph *> cgraph = LateLibrary<Cgraph>::load();
    if (!cgraph)
        return tl::unexpected(cgraph.error());
    const Result<const Gvc *> gvc = LateLibrary<Gvc>::load();
    if (!gvc)
        return tl::unexpected(gvc.error());
    const std::scoped_lock lock(graphvizLock());
    (*cgraph)->agseterr(AGMAX); // It would write to standard error; what went wrong is told by the answers.
    const std::unique_ptr<GVC_t, decltype(&::gvFreeContext)> context((*gvc)->gvContext(), (*gvc)->gvFreeContext);
    const std::unique_ptr<Agraph_t, decltype(&::agclose)> graph((*cgraph)->agmemread(dot.c_str()), (*cgraph)->agclose);
    const auto failed = [] { return fail(ErrorCode::Internal, phrase("route", "Graphviz could not lay the picture out")); };
    if (!context || !graph || (*gvc)->gvLayout(context.get(), graph.get(), "dot") != 0)
        return failed();
    char *data = nullptr;
    unsigned int length = 0;
    const bool isDrawn = (*gvc)->gvRenderData(context.get(), graph.get(), "svg", &data, &length) == 0 && data != nullptr;
    Result<std::string> svg = failed();
    if (isDrawn)
        svg = std::string(data, length);
    if (data != nullptr)
        (*gvc)->gvFreeRenderData(data);
    (*gvc)->gvFreeLayout(context.get(), graph.get());
    if (svg) {
        // Prologue and document type stand before the element.
        if (const std::size_t start = svg->find("<svg"); start != std::string::npos)
            svg->erase(0, start);
    }
    return svg;
}

} // namespace fairway::route
