#include "app/fairwayctl/route_fix.h"

#include "core/operate/atomic_file.h"
#include "core/route/object_in_text.h"

#include <map>
#include <utility>

namespace fairway::ctl {

namespace {

constexpr std::size_t maxFileBytes = std::size_t {32} << 20;

route::ObjectRef refOf(const value::Value &object)
{
    const value::Value &metadata = object["metadata"];
    return {std::string(object["kind"].stringOr()), std::string(metadata["namespace"].stringOr()), std::string(metadata["name"].stringOr())};
}

Result<std::string> edited(
    const std::string &text, const route::ObjectRef &ref, const value::Value &object, const std::vector<route::Mend> &mends)
{
    const Result<route::ObjectInText> found = route::ObjectInText::find(text, ref);
    if (!found)
        return tl::unexpected(found.error());
    if (!(found->object() == object)) // the same file was named twice
        return fail(ErrorCode::InvalidInput, "it is mended already");
    std::vector<value::FieldEdit> edits;
    for (const route::Mend &mend : mends)
        edits.insert(edits.end(), mend.edits.begin(), mend.edits.end());
    return found->withEdits(edits);
}

void fixObject(Manifest &manifest, std::string &text, FixedFiles &fixed)
{
    route::Mended mended = route::mendAll(manifest.object);
    if (mended.done.empty())
        return;
    const route::ObjectRef ref = refOf(manifest.object);
    Result<std::string> after = edited(text, ref, manifest.object, mended.done);
    if (!after) {
        fixed.refused.push_back(manifest.source + ": " + ref.display() + ": " + after.error().message);
        return;
    }
    text = std::move(*after);
    manifest.object = std::move(mended.object);
    for (route::Mend &mend : mended.done)
        fixed.done.push_back({manifest.file, ref.display(), std::move(mend)});
}

} // namespace

Result<FixedFiles> fixFiles(std::vector<Manifest> &manifests)
{
    FixedFiles fixed;
    std::map<std::string, std::size_t> known;
    std::vector<FixedFiles::File> files;
    for (Manifest &manifest : manifests) {
        const auto [at, isNew] = known.emplace(manifest.file, files.size());
        if (isNew) {
            Result<std::string> text = operate::readSmallFile(manifest.file, maxFileBytes);
            if (!text)
                return tl::unexpected(text.error());
            files.push_back({manifest.file, *text, *text});
        }
        fixObject(manifest, files[at->second].after, fixed);
    }
    for (FixedFiles::File &file : files) {
        if (file.after != file.before)
            fixed.files.push_back(std::move(file));
    }
    return fixed;
}

} // namespace fairway::ctl
