#include "core/net/tls.h"

#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <string>

namespace fairway::net {
namespace {

/// Carries records between two streams, `piece` octets at a time, until both are quiet.
Result<void> exchange(TlsStream &a, TlsStream &b, std::size_t piece)
{
    for (bool isMoving = true; isMoving;) {
        isMoving = false;
        for (const auto &[from, to] : {std::pair(&a, &b), std::pair(&b, &a)}) {
            const std::string bytes(from->pendingOutput().substr(0, piece));
            if (bytes.empty()) {
                continue;
            }
            isMoving = true;
            from->consumeOutput(bytes.size());
            if (auto fed = to->feed(bytes); !fed) {
                return fed;
            }
        }
    }
    return {};
}

std::string readAll(TlsStream &stream)
{
    std::string text;
    std::array<char, 1000> piece;
    for (auto got = stream.read(piece); got && *got > 0; got = stream.read(piece)) {
        text.append(piece.data(), *got);
    }
    return text;
}

struct Fixture {
    SelfSignedAuthority authority = *SelfSignedAuthority::create();
    CertificateAndKey certificate = *authority.issueServer();

    Result<TlsStream> server(std::vector<std::string> alpn = {}, const std::string &clientCa = {})
    {
        return TlsStream::accept(*TlsContext::forServer({certificate.certificatePem, certificate.keyPem, std::move(alpn), clientCa}));
    }
};

TEST(Tls, carriesBytesHoweverTheyAreCut)
{
    Fixture fixture;
    for (const std::size_t piece : {std::size_t {1}, std::size_t {7}, std::size_t {1000}, std::size_t {100'000}}) {
        auto server = fixture.server({"http/1.1"});
        auto client = TlsStream::connect(*TlsContext::forClient({fixture.authority.certificatePem(), true, {"h2", "http/1.1"}, {}, {}}), "localhost");
        ASSERT_TRUE(server && client);
        ASSERT_TRUE(client->write("said before the handshake").has_value());
        ASSERT_TRUE(exchange(*client, *server, piece).has_value());
        EXPECT_TRUE(server->isEstablished() && client->isEstablished());
        EXPECT_EQ(server->alpn(), "http/1.1");
        EXPECT_EQ(readAll(*server), "said before the handshake");
        const std::string large(40'000, 'x');
        ASSERT_TRUE(server->write(large).has_value());
        ASSERT_TRUE(exchange(*client, *server, piece).has_value());
        EXPECT_EQ(readAll(*client), large);
        client->shutdown();
        ASSERT_TRUE(exchange(*client, *server, piece).has_value());
        EXPECT_EQ(readAll(*server), "");
        EXPECT_TRUE(server->isPeerClosed());
    }
}

struct VerifyRow {
    const char *name;
    const char *serverName;
    bool isOurAuthority;
    bool isVerified;
    bool isGood;
};

TEST(Tls, verifiesWhomItTalksTo)
{
    Fixture fixture;
    const SelfSignedAuthority other = *SelfSignedAuthority::create();
    const VerifyRow rows[] = {
        {"name", "localhost", true, true, true},
        {"address", "127.0.0.1", true, true, true},
        {"address of version 6", "::1", true, true, true},
        {"another name", "example.com", true, true, false},
        {"another address", "127.0.0.2", true, true, false},
        {"another authority", "localhost", false, true, false},
        {"not verified, as asked", "example.com", false, false, true},
    };
    for (const VerifyRow &row : rows) {
        auto server = fixture.server();
        const std::string &ca = row.isOurAuthority ? fixture.authority.certificatePem() : other.certificatePem();
        auto client = TlsStream::connect(*TlsContext::forClient({ca, row.isVerified, {}, {}, {}}), row.serverName);
        ASSERT_TRUE(server && client);
        const auto outcome = exchange(*client, *server, 100'000);
        EXPECT_EQ(outcome.has_value() && client->isEstablished(), row.isGood) << row.name;
        if (!row.isGood) {
            EXPECT_EQ(outcome.error().code, ErrorCode::ProtocolViolation) << row.name;
            EXPECT_NE(outcome.error().message.find("TLS could not be agreed: "), std::string::npos);
            EXPECT_FALSE(client->write("x").has_value()) << row.name << ": an error stays";
        }
    }
}

TEST(Tls, knowsClientsByTheirCertificates)
{
    Fixture fixture;
    const CertificateAndKey person = *fixture.authority.issueClient("ada", {"system:masters"});
    for (const bool hasCertificate : {true, false}) {
        auto server = fixture.server({}, fixture.authority.certificatePem());
        TlsClientOptions options {fixture.authority.certificatePem(), true, {}, {}, {}};
        if (hasCertificate) {
            options.certificatePem = person.certificatePem;
            options.keyPem = person.keyPem;
        }
        auto client = TlsStream::connect(*TlsContext::forClient(options), "localhost");
        ASSERT_TRUE(exchange(*client, *server, 100'000).has_value());
        EXPECT_EQ(server->peerCommonName(), hasCertificate ? "ada" : "");
    }
}

TEST(Tls, refusesRubbish)
{
    Fixture fixture;
    auto server = fixture.server();
    EXPECT_FALSE(server->feed("GET / HTTP/1.1\r\nHost: x\r\n\r\n").has_value());
    const auto context = TlsContext::forServer({"no certificate", fixture.certificate.keyPem, {}, {}});
    ASSERT_FALSE(context.has_value());
    EXPECT_EQ(context.error().code, ErrorCode::InvalidInput);
    EXPECT_FALSE(TlsContext::forServer({fixture.certificate.certificatePem, fixture.authority.issueServer()->keyPem, {}, {}}).has_value());
    EXPECT_FALSE(TlsContext::forClient({"no authority", true, {}, {}, {}}).has_value());
}

} // namespace
} // namespace fairway::net
