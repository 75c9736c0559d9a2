#!/usr/bin/env bash
# Makes a certificate authority and the database's certificate, signed by it. The authority's
# key is deleted at once: it signs one certificate and can never sign another.
set -euo pipefail

if [[ -s /tls/server.crt && -s /tls/server.key && -s /ca/ca.crt ]]; then
    echo "the database has its certificate"
    exit 0
fi

days=3650
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
umask 077

openssl req -x509 -newkey rsa:3072 -nodes -sha256 -days "$days" \
    -subj "/CN=Vinculo database authority" \
    -addext "basicConstraints=critical,CA:TRUE,pathlen:0" \
    -addext "keyUsage=critical,keyCertSign" \
    -keyout "$work/ca.key" -out "$work/ca.crt"

# The name is the service's name in the compose file, which sslmode=verify-full compares.
openssl req -newkey rsa:3072 -nodes -sha256 -subj "/CN=db" \
    -keyout "$work/server.key" -out "$work/server.csr"
cat > "$work/server.ext" <<'EXTENSIONS'
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = DNS:db
EXTENSIONS
openssl x509 -req -sha256 -days "$days" -in "$work/server.csr" \
    -CA "$work/ca.crt" -CAkey "$work/ca.key" -CAcreateserial \
    -extfile "$work/server.ext" -out "$work/server.crt"

# PostgreSQL refuses a key that others may read. The authority's certificate comes last: it is
# what a second run looks for.
install -o postgres -g postgres -m 0600 "$work/server.key" /tls/server.key
install -o postgres -g postgres -m 0644 "$work/server.crt" /tls/server.crt
chmod 0755 /ca /tls
install -m 0644 "$work/ca.crt" /ca/ca.crt
echo "the database's certificate is made"
