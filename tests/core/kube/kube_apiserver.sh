#!/bin/bash
# A real kube-apiserver with its etcd on 127.0.0.1, for tests. All state below RUN.
#   kube_apiserver.sh setup BIN RUN PORT ETCD_PORT   certificates, tokens, kubeconfig; starts both and waits until ready
#   kube_apiserver.sh up|kill BIN RUN PORT ETCD_PORT kube-apiserver alone: start and wait, or kill -9
#   kube_apiserver.sh late BIN RUN PORT ETCD_PORT    another server on PORT whose certificate has expired
#   kube_apiserver.sh stop BIN RUN PORT ETCD_PORT    kills all
set -e
COMMAND=$1 BIN=$2 RUN=$3 PORT=$4 ETCD_PORT=$5
PKI=$RUN/pki SERVER=https://127.0.0.1:$PORT
ADMIN=admin-token-0123456789

certificate() { # name subject extensions
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$PKI/$1.key" -out "$PKI/$1.csr" -subj "$2" 2>/dev/null
  openssl x509 -req -in "$PKI/$1.csr" -CA "$PKI/ca.crt" -CAkey "$PKI/ca.key" -CAcreateserial -days "${4:-30}" -out "$PKI/$1.crt" \
    -extfile <(printf '%s\n' "$3") 2>/dev/null
}
expired_certificate() { # name subject
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$PKI/$1.key" -out "$PKI/$1.csr" -subj "$2" 2>/dev/null
  mkdir -p "$PKI/db"
  : > "$PKI/db/index.txt"
  openssl rand -hex 8 > "$PKI/db/serial"
  openssl ca -batch -notext -in "$PKI/$1.csr" -out "$PKI/$1.crt" -cert "$PKI/ca.crt" -keyfile "$PKI/ca.key" -startdate 20200101000000Z \
    -enddate 20200102000000Z -extfile <(echo subjectAltName=IP:127.0.0.1) -config <(printf '%s\n' '[ca]' 'default_ca=d' '[d]' "new_certs_dir=$PKI/db" \
    "database=$PKI/db/index.txt" "serial=$PKI/db/serial" default_md=sha256 policy=p '[p]' organizationName=optional commonName=supplied) 2>/dev/null
}
authority() { # name
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$PKI/$1.key" -out "$PKI/$1.crt" -days 30 -subj "/CN=$1" 2>/dev/null
}
base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }

setup() {
  mkdir -p "$PKI" "$RUN/etcd"
  chmod 700 "$RUN"
  authority ca
  authority other-ca
  certificate apiserver /CN=kube-apiserver $'subjectAltName=DNS:localhost,DNS:kubernetes.default.svc,IP:127.0.0.1\nextendedKeyUsage=serverAuth'
  certificate admin '/O=system:masters/CN=admin-cert' extendedKeyUsage=clientAuth
  expired_certificate expired /O=system:masters/CN=late
  expired_certificate late /CN=127.0.0.1
  openssl genrsa -out "$PKI/sa.key" 2048 2>/dev/null
  openssl rsa -in "$PKI/sa.key" -pubout -out "$PKI/sa.pub" 2>/dev/null
  printf '%s\n' "$ADMIN,admin,1,system:masters" reader-token,reader,2,readers nobody-token,nobody,3,nobodies > "$PKI/tokens.csv"
  # A service account's token that was good until 2020.
  local head body
  head=$(printf '{"alg":"RS256"}' | base64url)
  body=$(printf '{"aud":["https://kubernetes.default.svc"],"exp":1577923200,"iat":1577836800,"nbf":1577836800,"iss":"https://kubernetes.default.svc","sub":"system:serviceaccount:default:default","kubernetes.io":{"namespace":"default","serviceaccount":{"name":"default","uid":"u"}}}' | base64url)
  printf '%s.%s.%s' "$head" "$body" "$(printf '%s.%s' "$head" "$body" | openssl dgst -sha256 -sign "$PKI/sa.key" | base64url)" > "$PKI/expired.token"
  cat > "$RUN/kubeconfig" <<YAML
apiVersion: v1
kind: Config
clusters:
- {name: real, cluster: {server: "$SERVER", certificate-authority: pki/ca.crt}}
- {name: other-ca, cluster: {server: "$SERVER", certificate-authority: pki/other-ca.crt}}
- {name: system-ca, cluster: {server: "$SERVER"}}
- {name: insecure, cluster: {server: "$SERVER", insecure-skip-tls-verify: true}}
- {name: named, cluster: {server: "$SERVER", certificate-authority: pki/ca.crt, tls-server-name: kubernetes.default.svc}}
- {name: misnamed, cluster: {server: "$SERVER", certificate-authority: pki/ca.crt, tls-server-name: elsewhere.example}}
- {name: plain, cluster: {server: "http://127.0.0.1:$PORT"}}
users:
- {name: admin, user: {token: $ADMIN}}
- {name: admin-cert, user: {client-certificate: pki/admin.crt, client-key: pki/admin.key}}
- {name: expired-cert, user: {client-certificate: pki/expired.crt, client-key: pki/expired.key}}
- {name: mixed-cert, user: {client-certificate: pki/admin.crt, client-key: pki/expired.key}}
- {name: reader, user: {token: reader-token}}
- {name: nobody, user: {token: nobody-token}}
- {name: wrong, user: {token: wrong-token}}
- {name: expired, user: {tokenFile: pki/expired.token}}
contexts:
$(for u in admin admin-cert expired-cert mixed-cert reader nobody wrong expired; do echo "- {name: $u, context: {cluster: real, user: $u}}"; done)
$(for c in other-ca system-ca insecure named misnamed plain; do echo "- {name: $c, context: {cluster: $c, user: admin}}"; done)
- {name: anonymous, context: {cluster: real}}
current-context: admin
YAML
  "$BIN/etcd" --data-dir "$RUN/etcd" --listen-client-urls "http://127.0.0.1:$ETCD_PORT" --advertise-client-urls "http://127.0.0.1:$ETCD_PORT" \
    --listen-peer-urls http://127.0.0.1:0 --initial-advertise-peer-urls http://127.0.0.1:0 --initial-cluster default=http://127.0.0.1:0 --unsafe-no-fsync \
    > "$RUN/etcd.log" 2>&1 < /dev/null &
  echo $! > "$RUN/etcd.pid"
  up
}

up() {
  "$BIN/kube-apiserver" --etcd-servers="http://127.0.0.1:$ETCD_PORT" --bind-address=127.0.0.1 --advertise-address=127.0.0.1 --secure-port="$PORT" \
    --tls-cert-file="$PKI/apiserver.crt" --tls-private-key-file="$PKI/apiserver.key" --client-ca-file="$PKI/ca.crt" --token-auth-file="$PKI/tokens.csv" \
    --authorization-mode=RBAC --service-account-issuer=https://kubernetes.default.svc --service-account-key-file="$PKI/sa.pub" \
    --service-account-signing-key-file="$PKI/sa.key" --service-cluster-ip-range=10.96.0.0/16 --endpoint-reconciler-type=none --cert-dir="$RUN/certs" \
    > "$RUN/apiserver.log" 2>&1 < /dev/null &
  echo $! > "$RUN/apiserver.pid"
  for _ in $(seq 1 1200); do
    [ "$(curl -s -o /dev/null -w '%{http_code}' --noproxy '*' --cacert "$PKI/ca.crt" "$SERVER/readyz")" = 200 ] && return 0
    kill -0 "$(cat "$RUN/apiserver.pid")" 2>/dev/null || { echo "kube-apiserver ended:"; tail -3 "$RUN/apiserver.log"; return 1; }
    sleep 0.1
  done
  echo "kube-apiserver is not ready after two minutes"
  return 1
}

late() {
  openssl s_server -quiet -www -accept "127.0.0.1:$PORT" -cert "$PKI/late.crt" -key "$PKI/late.key" > "$RUN/late.log" 2>&1 < /dev/null &
  echo $! > "$RUN/late.pid"
}

end() { # name
  [ -f "$RUN/$1.pid" ] || return 0
  kill -9 "$(cat "$RUN/$1.pid")" 2>/dev/null || true
  rm -f "$RUN/$1.pid"
}

case $COMMAND in
  setup) setup ;;
  up) up ;;
  kill) end apiserver ;;
  late) late ;;
  stop) end apiserver; end etcd; end late ;;
  *) echo "unknown command $COMMAND" >&2; exit 2 ;;
esac
