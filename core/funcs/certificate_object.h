#pragma once

#include "core/gotemplate/object.h"

#include <string>

namespace fairway::funcs {

/// What genCA and its kin give: `.Cert` and `.Key`, both PEM.
class CertificateObject final : public gotemplate::TemplateObject {
public:
    CertificateObject(std::string certificate, std::string key)
        : m_certificate(std::move(certificate))
        , m_key(std::move(key))
    {
    }
    [[nodiscard]] std::string_view typeName() const override { return "sprig.certificate"; }
    [[nodiscard]] value::Value plain() const override
    {
        return value::Value::map({{"Cert", value::Value(m_certificate)}, {"Key", value::Value(m_key)}});
    }
    [[nodiscard]] std::optional<value::Value> field(std::string_view name) const override
    {
        if (name == "Cert")
            return value::Value(m_certificate);
        if (name == "Key")
            return value::Value(m_key);
        return std::nullopt;
    }
    [[nodiscard]] std::vector<GoField> goFields() const override { return {{"Cert", value::Value(m_certificate)}, {"Key", value::Value(m_key)}}; }
    [[nodiscard]] const std::string &certificate() const { return m_certificate; }
    [[nodiscard]] const std::string &key() const { return m_key; }

private:
    std::string m_certificate;
    std::string m_key;
};

} // namespace fairway::funcs
