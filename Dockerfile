# Built from the repository's root: docker build -t vinculo .

FROM rust:1.95-slim-bookworm AS builder
# make and perl build the vendored OpenSSL; the C compiler comes with the image.
RUN apt-get update \
    && apt-get install -y --no-install-recommends make perl \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
# A PostgreSQL in another container is not local, and one that is not local needs TLS.
RUN cargo build --release --locked --features postgres-tls -p vinculo-api

FROM debian:bookworm-slim
# Certificate authorities, for a PostgreSQL whose certificate a public one has signed.
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin vinculo \
    && install -d -o vinculo -g vinculo -m 0700 /var/lib/vinculo
COPY --from=builder /source/target/release/vinculo /usr/local/bin/vinculo

# Numbers, so that an orchestrator can see it is not root.
USER 10001:10001
ENV VINCULO_BIND=0.0.0.0:8080 \
    VINCULO_DATA_DIR=/var/lib/vinculo
VOLUME /var/lib/vinculo
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
    CMD ["/usr/local/bin/vinculo", "ping"]
ENTRYPOINT ["/usr/local/bin/vinculo"]
CMD ["serve"]
