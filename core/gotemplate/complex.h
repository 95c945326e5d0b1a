#pragma once

#include "core/gotemplate/object.h"

#include <string>

namespace fairway::gotemplate {

/// Go's complex128: only literals such as 1i make one.
class Complex final : public TemplateObject {
public:
    Complex(double real, double imaginary)
        : m_real(real)
        , m_imaginary(imaginary)
    {
    }
    [[nodiscard]] std::string_view typeName() const override { return "complex128"; }
    [[nodiscard]] Value plain() const override { return {}; }
    [[nodiscard]] GoKind goKind() const override { return GoKind::Complex128; }
    [[nodiscard]] bool isTrue() const override { return m_real != 0 || m_imaginary != 0; }
    [[nodiscard]] double real() const { return m_real; }
    [[nodiscard]] double imaginary() const { return m_imaginary; }

private:
    double m_real;
    double m_imaginary;
};

} // namespace fairway::gotemplate
