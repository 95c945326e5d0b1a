#pragma once

#include <string_view>

namespace fairway::route {

/// The fields of the specs that route traffic, in byte order. A line that is not indented names a structure; each field is its name, "!"
/// where an API server refuses the object without it, and its type:
///   text, whole, whole(LEAST..MOST), number, flag, any; span (a duration of the Gateway API); A|B (one of these texts);
///   [T] a list, {T} a map from texts, or a structure that stands above. '#' begins a comment.
/// What Istio's webhook requires is told by the validation of each kind, so only the Gateway API's and the Ingress' fields have "!".
/// Source: Istio's customresourcedefinitions.gen.yaml (1.28), the Gateway API's CRDs with their experimental fields (and those of
/// sessionPersistence as named up to 1.4), networking.k8s.io/v1.
inline constexpr std::string_view fieldTableText = R"table(
# VirtualService
StringMatch: exact text, prefix text, regex text
CorsPolicy: allowCredentials flag, allowHeaders [text], allowMethods [text], allowOrigin [text], allowOrigins [StringMatch],
    exposeHeaders [text], maxAge text, unmatchedPreflights FORWARD|IGNORE|UNSPECIFIED
Delegate: name text, namespace text
Body: bytes text, string text
DirectResponse: body Body, status whole
Percentage: value number
Abort: grpcStatus text, http2Error text, httpStatus whole, percentage Percentage
Delay: exponentialDelay text, fixedDelay text, percent whole, percentage Percentage
Fault: abort Abort, delay Delay
HeaderEdits: add {text}, remove [text], set {text}
Headers: request HeaderEdits, response HeaderEdits
Match: authority StringMatch, gateways [text], headers {StringMatch}, ignoreUriCase flag, method StringMatch, name text, port whole,
    queryParams {StringMatch}, scheme StringMatch, sourceLabels {text}, sourceNamespace text, statPrefix text, uri StringMatch,
    withoutHeaders {StringMatch}
Port: number whole
Destination: host text, port Port, subset text
Mirrors: destination Destination, percentage Percentage
Redirect: authority text, derivePort FROM_PROTOCOL_DEFAULT|FROM_REQUEST_PORT, port whole, prefixRewrite text, redirectCode whole,
    scheme text, uri text
Retries: attempts whole, backoff text, perTryTimeout text, retryIgnorePreviousHosts flag, retryOn text, retryRemoteLocalities flag
UriRegexRewrite: match text, rewrite text
Rewrite: authority text, uri text, uriRegexRewrite UriRegexRewrite
Route: destination Destination, headers Headers, weight whole
Http: corsPolicy CorsPolicy, delegate Delegate, directResponse DirectResponse, fault Fault, headers Headers, match [Match],
    mirror Destination, mirrorPercent whole, mirrorPercentage Percentage, mirror_percent whole, mirrors [Mirrors], name text,
    redirect Redirect, retries Retries, rewrite Rewrite, route [Route], timeout text
TcpMatch: destinationSubnets [text], gateways [text], port whole, sourceLabels {text}, sourceNamespace text, sourceSubnet text
StreamRoute: destination Destination, weight whole
Tcp: match [TcpMatch], route [StreamRoute]
TlsMatch: destinationSubnets [text], gateways [text], port whole, sniHosts [text], sourceLabels {text}, sourceNamespace text
Tls: match [TlsMatch], route [StreamRoute]
IstioVirtualService: exportTo [text], gateways [text], hosts [text], http [Http], tcp [Tcp], tls [Tls]

# DestinationRule
Http2KeepAlive: interval text, timeout text
ConnectionPoolHttp: h2UpgradePolicy DEFAULT|DO_NOT_UPGRADE|UPGRADE, http1MaxPendingRequests whole, http2KeepAlive Http2KeepAlive,
    http2MaxRequests whole, idleTimeout text, maxConcurrentStreams whole, maxRequestsPerConnection whole, maxRetries whole,
    useClientProtocol flag
TcpKeepalive: interval text, probes whole, time text
ConnectionPoolTcp: connectTimeout text, idleTimeout text, maxConnectionDuration text, maxConnections whole, tcpKeepalive TcpKeepalive
ConnectionPool: http ConnectionPoolHttp, tcp ConnectionPoolTcp
BackendUtilization: errorUtilizationPenaltyPercent whole, metricNamesForComputingUtilization [text], weightExpirationPeriod text,
    weightStabilizationPeriod text, weightUpdatePeriod text
Attributes: name text, value text
HttpCookie: attributes [Attributes], name text, path text, ttl text
Maglev: tableSize whole
RingHash: minimumRingSize whole
ConsistentHash: httpCookie HttpCookie, httpHeaderName text, httpQueryParameterName text, maglev Maglev, minimumRingSize whole,
    ringHash RingHash, useSourceIp flag
Distribute: from text, to {whole}
Failover: from text, to text
LocalityLbSetting: distribute [Distribute], enabled flag, failover [Failover], failoverPriority [text]
Warmup: aggression number, duration text, minimumPercent number
ZoneAwareLbSetting: enabled flag, failover [Failover], failoverPriority [text], minClusterSize whole
LoadBalancer: backendUtilization BackendUtilization, consistentHash ConsistentHash, localityLbSetting LocalityLbSetting,
    simple LEAST_CONN|LEAST_REQUEST|PASSTHROUGH|RANDOM|ROUND_ROBIN|UNSPECIFIED, warmup Warmup, warmupDurationSecs text,
    zoneAwareLbSetting ZoneAwareLbSetting
OutlierDetection: baseEjectionTime text, consecutive5xxErrors whole, consecutiveErrors whole, consecutiveGatewayErrors whole,
    consecutiveLocalOriginFailures whole, interval text, maxEjectionPercent whole, minHealthPercent whole,
    outlierDetectionHttpErrorCodes [whole], splitExternalLocalOriginErrors flag
ClientTls: caCertificates text, caCrl text, clientCertificate text, credentialName text, insecureSkipVerify flag,
    mode DISABLE|ISTIO_MUTUAL|MUTUAL|SIMPLE, privateKey text, sni text, subjectAltNames [text]
PortLevelSettings: connectionPool ConnectionPool, loadBalancer LoadBalancer, outlierDetection OutlierDetection, port Port,
    tls ClientTls
ProxyProtocol: version V1|V2
RetryBudget: budgetInterval text, minRetryConcurrency whole, percent number
Tunnel: protocol text, targetHost text, targetPort whole
TrafficPolicy: connectionPool ConnectionPool, loadBalancer LoadBalancer, outlierDetection OutlierDetection,
    portLevelSettings [PortLevelSettings], proxyProtocol ProxyProtocol, retryBudget RetryBudget, tls ClientTls,
    tunnel Tunnel
Subsets: labels {text}, name text, trafficPolicy TrafficPolicy
WorkloadSelector: matchLabels {text}
IstioDestinationRule: exportTo [text], host text, subsets [Subsets], trafficPolicy TrafficPolicy, workloadSelector WorkloadSelector

# Gateway
ServerPort: name text, number whole, protocol text, targetPort whole
TlsCertificates: caCertificates text, privateKey text, serverCertificate text
ServerTls: caCertCredentialName text, caCertificates text, caCrl text, cipherSuites [text], credentialName text,
    credentialNames [text], ecdhCurves [text], httpsRedirect flag, insecureSkipVerify flag,
    maxProtocolVersion TLSV1_0|TLSV1_1|TLSV1_2|TLSV1_3|TLS_AUTO, minProtocolVersion TLSV1_0|TLSV1_1|TLSV1_2|TLSV1_3|TLS_AUTO,
    mode AUTO_PASSTHROUGH|ISTIO_MUTUAL|MUTUAL|OPTIONAL_MUTUAL|PASSTHROUGH|SIMPLE, privateKey text, serverCertificate text,
    subjectAltNames [text], tlsCertificates [TlsCertificates], verifyCertificateHash [text], verifyCertificateSpki [text]
Servers: bind text, defaultEndpoint text, hosts [text], name text, port ServerPort, tls ServerTls
IstioGateway: selector {text}, servers [Servers]

# ServiceEntry
WorkloadEntry: address text, labels {text}, locality text, network text, ports {whole}, serviceAccount text, weight whole
LabelSelector: labels {text}
IstioServiceEntry: addresses [text], endpoints [WorkloadEntry], exportTo [text], hosts [text], location MESH_EXTERNAL|MESH_INTERNAL,
    ports [ServerPort], resolution DNS|DNS_ROUND_ROBIN|DYNAMIC_DNS|NONE|STATIC, subjectAltNames [text],
    workloadSelector LabelSelector

# WorkloadEntry

# Sidecar
Egress: bind text, captureMode DEFAULT|IPTABLES|NONE, hosts [text], port ServerPort
Ingress: bind text, captureMode DEFAULT|IPTABLES|NONE, connectionPool ConnectionPool, defaultEndpoint text, port ServerPort,
    tls ServerTls
OutboundTrafficPolicy: egressProxy Destination, mode ALLOW_ANY|REGISTRY_ONLY
IstioSidecar: egress [Egress], inboundConnectionPool ConnectionPool, ingress [Ingress], outboundTrafficPolicy OutboundTrafficPolicy,
    workloadSelector LabelSelector

# EnvoyFilter
Cluster: name text, portNumber whole, service text, subset text
SubFilter: name text
Filter: name text, subFilter SubFilter
FilterChain: applicationProtocols text, destinationPort whole, filter Filter, name text, sni text, transportProtocol text,
    transportSocket text
Listener: filterChain FilterChain, listenerFilter text, name text, portName text, portNumber whole
Proxy: metadata {text}, proxyVersion text
VhostRoute: action ANY|DIRECT_RESPONSE|REDIRECT|ROUTE, name text
Vhost: domainName text, name text, route VhostRoute
RouteConfiguration: gateway text, name text, portName text, portNumber whole, vhost Vhost
Waypoint: filter Filter, portNumber whole, route SubFilter
ConfigPatchesMatch: cluster Cluster, context ANY|GATEWAY|SIDECAR_INBOUND|SIDECAR_OUTBOUND|WAYPOINT, listener Listener, proxy Proxy,
    routeConfiguration RouteConfiguration, waypoint Waypoint
Patch: filterClass AUTHN|AUTHZ|STATS|UNSPECIFIED,
    operation ADD|INSERT_AFTER|INSERT_BEFORE|INSERT_FIRST|INVALID|MERGE|MERGE_AND_REPLACE_LIST|REMOVE|REPLACE, value any
ConfigPatches:
    applyTo BOOTSTRAP|CLUSTER|EXTENSION_CONFIG|FILTER_CHAIN|HTTP_FILTER|HTTP_ROUTE|INVALID|LISTENER|LISTENER_FILTER|NETWORK_FILTER|ROUTE_CONFIGURATION|VIRTUAL_HOST,
    match ConfigPatchesMatch, patch Patch
TargetRefs: group text, kind text, name text, namespace text
IstioEnvoyFilter: configPatches [ConfigPatches], priority whole, targetRefs [TargetRefs],
    workloadSelector LabelSelector

# Gateway
Addresses: type text, value text
MatchExpressions: key! text, operator! text, values [text]
Selector: matchExpressions [MatchExpressions], matchLabels {text}
Namespaces: from All|None|Same|Selector, selector Selector
AllowedListeners: namespaces Namespaces
LocalRef: group! text, kind! text, name! text
Infrastructure: annotations {text}, labels {text}, parametersRef LocalRef
Kinds: group text, kind! text
AllowedRoutesNamespaces: from All|Same|Selector, selector Selector
AllowedRoutes: kinds [Kinds], namespaces AllowedRoutesNamespaces
CertificateRefs: group text, kind text, name! text, namespace text
ListenersTls: certificateRefs [CertificateRefs], frontendValidation any, mode Passthrough|Terminate, options {text}
Listeners: allowedRoutes AllowedRoutes, hostname text, name! text, port! whole(1..65535), protocol! text, tls ListenersTls
Backend: clientCertificateRef CertificateRefs
CaCertificateRefs: group! text, kind! text, name! text, namespace text
Validation: caCertificateRefs! [CaCertificateRefs], mode AllowInsecureFallback|AllowValidOnly
Default: validation Validation
PerPort: port! whole(1..65535), tls! Default
Frontend: default! Default, perPort [PerPort]
ApiGatewayTls: backend Backend, frontend Frontend
ApiGateway: addresses [Addresses], allowedListeners AllowedListeners, backendTLS any, defaultScope All|None, gatewayClassName! text,
    infrastructure Infrastructure, listeners! [Listeners], tls ApiGatewayTls

# HTTPRoute
ParentRefs: group text, kind text, name! text, namespace text, port whole(1..65535), sectionName text
Cors: allowCredentials flag, allowHeaders [text], allowMethods [*|CONNECT|DELETE|GET|HEAD|OPTIONS|PATCH|POST|PUT|TRACE],
    allowOrigins [text], exposeHeaders [text], maxAge whole
BackendRef: group text, kind text, name! text, namespace text, port whole(1..65535)
ForwardBody: maxSize whole
Grpc: allowedHeaders [text]
ExternalAuthHttp: allowedHeaders [text], allowedResponseHeaders [text], path text
ExternalAuth: backendRef! BackendRef, forwardBody ForwardBody, grpc Grpc, http ExternalAuthHttp, protocol! GRPC|HTTP
HeaderValue: name! text, value! text
RequestHeaderModifier: add [HeaderValue], remove [text], set [HeaderValue]
Fraction: denominator whole, numerator! whole
RequestMirror: backendRef! BackendRef, fraction Fraction, percent whole(0..100)
Path: replaceFullPath text, replacePrefixMatch text, type! ReplaceFullPath|ReplacePrefixMatch
RequestRedirect: hostname text, path Path, port whole(1..65535), scheme http|https, statusCode whole
UrlRewrite: hostname text, path Path
Filters: cors Cors, extensionRef LocalRef, externalAuth ExternalAuth, requestHeaderModifier RequestHeaderModifier,
    requestMirror RequestMirror, requestRedirect RequestRedirect, responseHeaderModifier RequestHeaderModifier,
    type! CORS|ExtensionRef|ExternalAuth|RequestHeaderModifier|RequestMirror|RequestRedirect|ResponseHeaderModifier|URLRewrite,
    urlRewrite UrlRewrite
BackendRefs: filters [Filters], group text, kind text, name! text, namespace text, port whole(1..65535), weight whole(0..1000000)
MatchesHeaders: name! text, type Exact|RegularExpression, value! text
MatchesPath: type Exact|PathPrefix|RegularExpression, value text
Matches: headers [MatchesHeaders], method CONNECT|DELETE|GET|HEAD|OPTIONS|PATCH|POST|PUT|TRACE, path MatchesPath,
    queryParams [MatchesHeaders]
Retry: attempts whole, backoff span, codes [whole(400..599)]
Cookie: lifetimeType Permanent|Session, name text, path text
Header: name! text
CookieConfig: lifetimeType Permanent|Session
SessionPersistence: absoluteTimeout span, cookie Cookie, cookieConfig CookieConfig, header Header, idleTimeout span, sessionName text,
    type Cookie|Header
Timeouts: backendRequest span, request span
Rules: backendRefs [BackendRefs], filters [Filters], matches [Matches], name text, retry Retry, sessionPersistence SessionPersistence,
    timeouts Timeouts
ApiHTTPRoute: hostnames [text], parentRefs [ParentRefs], rules [Rules], useDefaultGateways All|None

# GRPCRoute
GrpcFilters: extensionRef LocalRef, requestHeaderModifier RequestHeaderModifier, requestMirror RequestMirror,
    responseHeaderModifier RequestHeaderModifier, type! ExtensionRef|RequestHeaderModifier|RequestMirror|ResponseHeaderModifier
GrpcBackendRefs: filters [GrpcFilters], group text, kind text, name! text, namespace text, port whole(1..65535),
    weight whole(0..1000000)
Method: method text, service text, type Exact|RegularExpression
GrpcMatches: headers [MatchesHeaders], method Method
GrpcRules: backendRefs [GrpcBackendRefs], filters [GrpcFilters], matches [GrpcMatches], name text,
    sessionPersistence SessionPersistence
ApiGRPCRoute: hostnames [text], parentRefs [ParentRefs], rules [GrpcRules], useDefaultGateways All|None

# TLSRoute
StreamBackendRefs: group text, kind text, name! text, namespace text, port whole(1..65535), weight whole(0..1000000)
StreamRules: backendRefs! [StreamBackendRefs], name text
ApiTLSRoute: hostnames! [text], parentRefs [ParentRefs], rules! [StreamRules], useDefaultGateways All|None

# TCPRoute
ApiTCPRoute: parentRefs [ParentRefs], rules! [StreamRules], useDefaultGateways All|None

# UDPRoute

# ListenerSet
ApiListenerSet: listeners! [Listeners], parentRef! CertificateRefs

# ReferenceGrant
From: group! text, kind! text, namespace! text
To: group! text, kind! text, name text
ApiReferenceGrant: from! [From], to! [To]

# Ingress
IngressPort: name text, number whole
IngressService: name! text, port IngressPort
IngressResource: apiGroup text, kind! text, name! text
IngressBackend: resource IngressResource, service IngressService
IngressPath: backend! IngressBackend, path text, pathType! Exact|ImplementationSpecific|Prefix
IngressHttp: paths! [IngressPath]
IngressRule: host text, http IngressHttp
IngressTls: hosts [text], secretName text
IngressSpec: defaultBackend IngressBackend, ingressClassName text, rules [IngressRule], tls [IngressTls]
)table";

} // namespace fairway::route
