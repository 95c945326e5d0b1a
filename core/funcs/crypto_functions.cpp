#include "core/base/openssl.h"
#include "core/funcs/base_encoding.h"
#include "core/funcs/bcrypt.h"
#include "core/funcs/certificate_object.h"
#include "core/funcs/certificates.h"
#include "core/funcs/convert.h"
#include "core/funcs/derive_password.h"
#include "core/funcs/digest.h"
#include "core/funcs/pinned_random.h"
#include "core/funcs/prime_stock.h"
#include "core/funcs/random_source.h"
#include "core/funcs/tables.h"

#include <arpa/inet.h>

#include <array>
#include <chrono>

namespace fairway::funcs {

namespace {

using Out = TemplateResult<Value>;
using gotemplate::NativeFunction;
constexpr int CertificateKeyBits = 2048;

Out sha1sum(Call &call)
{
    return Value(hexadecimal(sha1(call.text(0))));
}
Out sha256sum(Call &call)
{
    return Value(hexadecimal(sha256(call.text(0))));
}
Out sha512sum(Call &call)
{
    return Value(hexadecimal(sha512(call.text(0))));
}
Out adler32sum(Call &call)
{
    return Value(std::to_string(adler32(call.text(0))));
}

RandomSource source(const Call &call)
{
    return {call, call.state<FunctionContext>()};
}

/// Has primes for the keys looked for that may be asked for after this call.
void expectKeys(FunctionContext &context)
{
    if (!context.expectedKeys)
        return;
    const std::size_t count = context.expectedKeys();
    context.expectedKeys = nullptr;
    if (count == 0 || !LateLibrary<LibCrypto>::load())
        return;
    context.primes = std::make_shared<PrimeStock>(CertificateKeyBits / 2);
    context.primes->expect(2 * count);
}

std::string bcryptText(const Call &call, const std::string &password)
{
    // A chart that hashes passwords makes its secrets itself. Pinned, it may have all its keys from an earlier run.
    FunctionContext &context = call.state<FunctionContext>();
    if (context.pinned == nullptr)
        expectKeys(context);
    auto hash = bcryptHash(password, source(call).bytes(16));
    return hash ? std::move(*hash) : "failed to encrypt string with bcrypt: " + hash.error().message;
}

Out bcrypt(Call &call)
{
    return Value(bcryptText(call, call.text(0)));
}

Out htpasswd(Call &call)
{
    const std::string &user = call.text(0);
    if (user.find(':') != std::string::npos)
        return Value("invalid username: " + user);
    return Value(user + ":" + bcryptText(call, call.text(1)));
}

Out derivePasswordFunction(Call &call)
{
    if (call.integer(0) < 0 || call.integer(0) > 0xFFFFFFFFLL)
        return failCall("value is out of range for uint32");
    auto password = derivePassword(static_cast<std::uint32_t>(call.integer(0)), call.text(1), call.text(2), call.text(3), call.text(4));
    if (!password)
        return tl::unexpected(std::move(password.error()));
    return Value(std::move(*password));
}

/// AES-256-CBC in one go; `key` is padded with zeros or cut to 32 bytes.
TemplateResult<std::string> aes(std::string_view password, std::string_view vector, std::string_view text, bool encrypts)
{
    if (const auto loaded = LateLibrary<LibCrypto>::load(); !loaded)
        return tl::unexpected(gotemplate::TemplateError(loaded.error()));
    std::array<unsigned char, 32> key {};
    for (std::size_t i = 0; i < std::min(key.size(), password.size()); ++i)
        key[i] = static_cast<unsigned char>(password[i]);
    const LibCrypto &crypto = libcrypto();
    const CipherContextHandle context(crypto.EVP_CIPHER_CTX_new());
    const auto *iv = reinterpret_cast<const unsigned char *>(vector.data());
    const auto *in = reinterpret_cast<const unsigned char *>(text.data());
    std::string out(text.size() + 32, '\0');
    auto *target = reinterpret_cast<unsigned char *>(out.data());
    int size = 0;
    int rest = 0;
    if (!context || crypto.EVP_CipherInit_ex(context.get(), crypto.EVP_aes_256_cbc(), nullptr, key.data(), iv, encrypts ? 1 : 0) != 1)
        return failCall("aes: " + takeOpenSslReason());
    if (!encrypts)
        crypto.EVP_CIPHER_CTX_set_padding(context.get(), 0);
    if (crypto.EVP_CipherUpdate(context.get(), target, &size, in, static_cast<int>(text.size())) != 1
        || crypto.EVP_CipherFinal_ex(context.get(), target + size, &rest) != 1)
        return failCall("crypto/cipher: input not full blocks");
    out.resize(static_cast<std::size_t>(size + rest));
    return out;
}

constexpr std::size_t AesBlock = 16;

Out encryptAes(Call &call)
{
    if (call.text(1).empty())
        return Value("");
    const std::string vector = source(call).bytes(AesBlock);
    const auto sealed = aes(call.text(0), vector, call.text(1), true);
    if (!sealed)
        return tl::unexpected(sealed.error());
    return Value(encodeBase64(vector + *sealed));
}

Out decryptAes(Call &call)
{
    if (call.text(1).empty())
        return Value("");
    const auto sealed = decodeBase64(call.text(1));
    if (!sealed)
        return tl::unexpected(sealed.error());
    if (sealed->size() < AesBlock)
        return failCall("runtime error: slice bounds out of range [:16] with capacity " + std::to_string(sealed->size()));
    const std::string_view bytes = *sealed;
    auto open = aes(call.text(0), bytes.substr(0, AesBlock), bytes.substr(AesBlock), false);
    if (!open)
        return tl::unexpected(std::move(open.error()));
    if (open->empty())
        return failCall("runtime error: index out of range [-1]");
    const auto padding = static_cast<std::size_t>(static_cast<unsigned char>(open->back()));
    if (padding > open->size())
        return failCall("runtime error: slice bounds out of range [:-" + std::to_string(padding - open->size()) + "]");
    open->resize(open->size() - padding);
    return Value(std::move(*open));
}

Out genPrivateKey(Call &call)
{
    auto key = makePrivateKey(call.text(0), 4096);
    return Value(key ? std::move(*key) : std::move(key.error().message));
}

TemplateResult<std::vector<std::string>> textsIn(const Value &list, const std::string &refusal)
{
    std::vector<std::string> out;
    if (!list.isList())
        return out;
    for (const Value &item : list.asList()) {
        if (!item.isString())
            return failCall(refusal + textOf(item) + " is not a string");
        out.push_back(item.asString());
    }
    return out;
}

bool isAddress(const std::string &text)
{
    std::array<unsigned char, sizeof(in6_addr)> bytes {};
    return inet_pton(AF_INET, text.c_str(), bytes.data()) == 1 || inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1;
}

struct Subject {
    std::string commonName;
    const Value *addresses = nullptr;
    const Value *names = nullptr;
    std::int64_t days = 0;
    const CertificateObject *issuer = nullptr;
    const std::string *keyPem = nullptr; ///< Null: a new RSA key.
    bool isAuthority = false;
};

Out issue(const Call &call, const Subject &subject)
{
    FunctionContext &context = call.state<FunctionContext>();
    if (subject.keyPem == nullptr)
        expectKeys(context);
    auto key = subject.keyPem != nullptr ? normalizedKey(*subject.keyPem)
                                         : makePrivateKey("rsa", CertificateKeyBits, context.primes.get());
    if (!key)
        return tl::unexpected(std::move(key.error()));
    const Value none;
    const auto addresses = textsIn(subject.addresses != nullptr ? *subject.addresses : none, "error parsing ip: ");
    if (!addresses)
        return tl::unexpected(addresses.error());
    for (const std::string &address : *addresses) {
        if (!isAddress(address))
            return failCall("error parsing ip: " + address);
    }
    const auto names = textsIn(subject.names != nullptr ? *subject.names : none, "error processing alternate dns name: ");
    if (!names)
        return tl::unexpected(names.error());
    const Clock *clock = context.clock;
    const auto now = clock != nullptr ? clock->systemNow() : SystemClock().systemNow();
    CertificateRequest request {subject.commonName, *addresses, *names,
        std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count(), subject.days, source(call).bytes(16), *key,
        subject.isAuthority, subject.issuer != nullptr ? subject.issuer->certificate() : "",
        subject.issuer != nullptr ? subject.issuer->key() : ""};
    request.serial[0] = static_cast<char>(static_cast<unsigned char>(request.serial[0]) & 0x7FU); // Positive.
    if (subject.issuer != nullptr && request.issuerPem.empty())
        return failCall("unable to decode certificate");
    auto certificate = makeCertificate(request);
    if (!certificate)
        return tl::unexpected(std::move(certificate.error()));
    return Value::object(std::make_unique<CertificateObject>(std::move(*certificate), std::move(*key)));
}

const CertificateObject *certificateIn(const Value &value)
{
    return static_cast<const CertificateObject *>(&value.asObject());
}

Out genCa(Call &call)
{
    Subject subject {call.text(0), nullptr, nullptr, call.integer(1)};
    subject.keyPem = call.size() > 2 ? &call.text(2) : nullptr;
    subject.isAuthority = true;
    return issue(call, subject);
}

Out genSelfSigned(Call &call)
{
    Subject subject {call.text(0), &call[1], &call[2], call.integer(3)};
    subject.keyPem = call.size() > 4 ? &call.text(4) : nullptr;
    return issue(call, subject);
}

Out genSigned(Call &call)
{
    Subject subject {call.text(0), &call[1], &call[2], call.integer(3), certificateIn(call[4])};
    subject.keyPem = call.size() > 5 ? &call.text(5) : nullptr;
    return issue(call, subject);
}

Out buildCustomCert(Call &call)
{
    auto certificate = decodeBase64(call.text(0));
    if (!certificate)
        return failCall("unable to decode base64 certificate");
    auto key = decodeBase64(call.text(1));
    if (!key)
        return failCall("unable to decode base64 private key");
    if (auto checked = checkCertificateAndKey(*certificate, *key); !checked)
        return tl::unexpected(std::move(checked.error()));
    return Value::object(std::make_unique<CertificateObject>(std::move(*certificate), std::move(*key)));
}

/// A key or certificate, or the one an earlier run made for this call: the first of its kind is one, the second another.
template <NativeFunction Make>
Out kept(Call &call)
{
    PinnedRandom *const pinned = call.state<FunctionContext>().pinned;
    if (pinned == nullptr)
        return Make(call);
    // Not the draw of the serial number, which only a key that is made needs.
    std::string draw = pinned->draw("kept " + std::string(call.name()), call.arguments());
    if (const Value *const known = pinned->kept(draw))
        return *known;
    Out made = Make(call);
    if (made)
        pinned->keep(std::move(draw), *made);
    return made;
}

constexpr Type S = Type::String;
constexpr Type I = Type::Int;
constexpr Type L = Type::List;
constexpr Type C = Type::Certificate;
constexpr FunctionSpec Table[] = {
    {"sha1sum", {S}, sha1sum},
    {"sha256sum", {S}, sha256sum},
    {"sha512sum", {S}, sha512sum},
    {"adler32sum", {S}, adler32sum},
    {"bcrypt", {S}, bcrypt},
    {"htpasswd", {{S, S}}, htpasswd},
    {"derivePassword", {{I, S, S, S, S}}, derivePasswordFunction},
    {"encryptAES", {{S, S}}, encryptAes},
    {"decryptAES", {{S, S}}, decryptAes},
    {"genPrivateKey", {S}, kept<genPrivateKey>},
    {"genCA", {{S, I}}, kept<genCa>},
    {"genCAWithKey", {{S, I, S}}, kept<genCa>},
    {"genSelfSignedCert", {{S, L, L, I}}, kept<genSelfSigned>},
    {"genSelfSignedCertWithKey", {{S, L, L, I, S}}, kept<genSelfSigned>},
    {"genSignedCert", {{S, L, L, I, C}}, kept<genSigned>},
    {"genSignedCertWithKey", {{S, L, L, I, C, S}}, kept<genSigned>},
    {"buildCustomCert", {{S, S}}, buildCustomCert},
};

} // namespace

std::size_t countKeyCalls(std::string_view text)
{
    std::size_t count = 0;
    for (const std::string_view name : {"genCA ", "genSelfSignedCert ", "genSignedCert "}) {
        for (std::size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + name.size()))
            ++count;
    }
    return count;
}

std::span<const FunctionSpec> cryptoFunctions()
{
    return Table;
}

} // namespace fairway::funcs
