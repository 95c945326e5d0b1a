#pragma once

#include "core/base/result.h"

#include <string>
#include <vector>

namespace fairway::gotemplate {

/// Why a template could not be read or run, in Go's words.
///
/// Shape:   `message` is the whole text as Go's err.Error() gives it: a parse error is "template: NAME:LINE: MESSAGE", an
///          error of a run "template: NAME:LINE:COLUMN: executing "NAME" at <CONTEXT>: MESSAGE"; through include the inner text
///          follows "error calling include: ". `causes` are the texts of the errors inside it, outermost first: what
///          errors.Unwrap() would give in turn. So Helm 3's form is `message` and Helm 4's is made of [message] + causes.
///          `isExecution` is true where Go would have a template.ExecError outermost.
///          Texts quote what the template says and what functions say; values appear only where Go puts them.
struct TemplateError {
    ErrorCode code = ErrorCode::InvalidInput;
    std::string message;
    std::vector<std::string> causes;
    bool isExecution = false;
    bool isPanic = false; ///< Go would have panicked: nothing is put around the text until a function that was called catches it.

    TemplateError() = default;
    TemplateError(Error error)
        : code(error.code)
        , message(std::move(error.message))
    {
    }
};

template <typename T>
using TemplateResult = tl::expected<T, TemplateError>;

/// A function's own error: "error calling NAME: " and the position are put before it by whoever called.
[[nodiscard]] inline tl::unexpected<TemplateError> failCall(std::string message)
{
    return tl::unexpected(TemplateError(Error {ErrorCode::InvalidInput, std::move(message)}));
}

} // namespace fairway::gotemplate
