#pragma once

#include "app/fairwayctl/manifests.h"
#include "core/route/mends.h"

#include <string>
#include <vector>

namespace fairway::ctl {

/// A mend of one object in one file.
struct FileMend {
    std::string file;
    std::string object; ///< "VirtualService shop/reviews"
    route::Mend mend;
};

/// What could be mended in some files, as texts: nothing is written yet.
struct FixedFiles {
    struct File {
        std::string name;
        std::string before;
        std::string after;
    };
    std::vector<File> files;     ///< Those that change.
    std::vector<FileMend> done;
    std::vector<std::string> refused; ///< Why a file's layout did not allow a mend, one sentence each.
};

/// Makes the mends of every object in the text of its file, all other bytes kept, and puts what they become into `manifests`.
/// Errors: of reading the files.
[[nodiscard]] Result<FixedFiles> fixFiles(std::vector<Manifest> &manifests);

} // namespace fairway::ctl
