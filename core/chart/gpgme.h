#pragma once

#include "core/base/late_library.h"

#include <gpgme.h>

#include <memory>

namespace fairway::chart {

/// GnuPG made easy, opened when a chart is signed or verified. A function that is not here yet: add its name to the list.
#define FAIRWAY_GPGME_FUNCTIONS(F) \
    F(gpgme_check_version_internal) F(gpgme_new) F(gpgme_release) F(gpgme_ctx_set_engine_info) F(gpgme_strerror) F(gpgme_cancel_async) \
    F(gpgme_set_pinentry_mode) F(gpgme_set_passphrase_cb) F(gpgme_set_armor) F(gpgme_io_writen) \
    F(gpgme_data_new) F(gpgme_data_new_from_mem) F(gpgme_data_release) F(gpgme_data_read) F(gpgme_data_seek) \
    F(gpgme_op_import) F(gpgme_op_sign) F(gpgme_op_verify) F(gpgme_op_verify_result) \
    F(gpgme_op_keylist_start) F(gpgme_op_keylist_next) F(gpgme_op_keylist_end) F(gpgme_key_unref)

struct Gpgme {
    static constexpr LateLibraryName name {"libgpgme.so.11", "libgpgme11"};
    FAIRWAY_LATE_FUNCTIONS(FAIRWAY_GPGME_FUNCTIONS)
};

template <auto Free>
struct GpgmeFree {
    template <typename T>
    void operator()(T *object) const
    {
        (LateLibrary<Gpgme>::get().*Free)(object);
    }
};

using GpgmeContext = std::unique_ptr<gpgme_context, GpgmeFree<&Gpgme::gpgme_release>>;
using GpgmeData = std::unique_ptr<gpgme_data, GpgmeFree<&Gpgme::gpgme_data_release>>;
using GpgmeKey = std::unique_ptr<_gpgme_key, GpgmeFree<&Gpgme::gpgme_key_unref>>;

} // namespace fairway::chart
