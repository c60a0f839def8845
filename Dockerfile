# One image per server: docker build --build-arg SERVER=auth|product|payment|media .
# The commands of an operator: docker build --target ops .
# The gateway, which has the apps: docker build --target gateway .
ARG NODE_IMAGE=node:24-bookworm-slim
# Backups of MySQL need MySQL's own mysqldump, which Debian does not have.
ARG MYSQL_IMAGE=mysql:9.7
ARG NGINX_IMAGE=nginx:1.28
# What NODE_IMAGE itself is built on: the services need its node, and no npm.
ARG RUNTIME_IMAGE=debian:bookworm-slim

# Nothing but the manifests, so that a change of code does not install anew.
FROM ${NODE_IMAGE} AS manifests
WORKDIR /app
COPY package.json package-lock.json ./
COPY packages packages
COPY servers servers
COPY apps apps
COPY ops ops
RUN find . -type f ! -name package.json ! -name package-lock.json -delete && find . -type d -empty -delete

FROM ${NODE_IMAGE} AS installed
WORKDIR /app
COPY --from=manifests /app ./
RUN --mount=type=cache,target=/root/.npm npm ci --no-audit --no-fund --loglevel=error

FROM installed AS apps
COPY tsconfig*.json ./
COPY packages packages
COPY ops/platform ops/platform
COPY apps apps
RUN npm run build --workspace=apps/storefront --workspace=apps/console

FROM installed AS build
COPY tsconfig.base.json tsconfig.build.json ./
COPY packages packages
COPY servers servers
COPY ops ops
RUN npx tsc -b tsconfig.build.json && rm -rf packages/testing packages/*/src packages/*/test servers/*/src servers/*/test

FROM ${NODE_IMAGE} AS dependencies
ARG SERVER
WORKDIR /app
COPY --from=manifests /app ./
RUN --mount=type=cache,target=/root/.npm \
    npm ci --omit=dev --workspace="servers/${SERVER:?say which server with --build-arg SERVER=}" --no-audit --no-fund --loglevel=error

FROM ${NODE_IMAGE} AS node

FROM ${NODE_IMAGE} AS ops-dependencies
WORKDIR /app
COPY --from=manifests /app ./
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev --workspace=ops --no-audit --no-fund --loglevel=error

# With the libraries that they are linked with, since the image's own may be older.
FROM ${MYSQL_IMAGE} AS mysql-clients
USER root
RUN mkdir -p /clients/bin /clients/lib && cp /usr/bin/mysql /usr/bin/mysqldump /clients/bin/ && \
    for library in $(ldd /usr/bin/mysql /usr/bin/mysqldump | grep -o '/[^ ]*[.]so[^ :]*'); do cp -L "$library" /clients/lib/; done

FROM ${RUNTIME_IMAGE} AS ops
ARG RUNTIME_IMAGE
ARG REVISION=unknown
LABEL org.opencontainers.image.title="florin-ops" \
      org.opencontainers.image.description="The commands of an operator of Florin" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.base.name="${RUNTIME_IMAGE}" \
      org.opencontainers.image.licenses="UNLICENSED"
RUN apt-get update && apt-get install --yes --no-install-recommends mariadb-client && rm -rf /var/lib/apt/lists/* && \
    mkdir /backups && chown 1000:1000 /backups && \
    printf '#!/bin/sh\nexec /opt/mysql/lib/ld-linux* --library-path /opt/mysql/lib "/opt/mysql/bin/${0##*/}" "$@"\n' > /usr/local/bin/mysqldump && \
    chmod 755 /usr/local/bin/mysqldump && ln -s mysqldump /usr/local/bin/mysql
ENV NODE_ENV=production
WORKDIR /app
COPY --from=mysql-clients /clients /opt/mysql
COPY --from=node /usr/local/bin/node /usr/local/bin/
COPY --from=ops-dependencies /app/node_modules node_modules
COPY --from=build /app/packages packages
COPY --from=build /app/servers servers
COPY --from=build /app/ops/package.json ops/
COPY --from=build /app/ops/dist ops/dist
USER 1000:1000
VOLUME /backups
ENTRYPOINT ["node", "--enable-source-maps", "/app/ops/dist/main.js"]
CMD ["--help"]

# Its configuration comes from the environment: deploy/compose/gateway.yml.
FROM ${NGINX_IMAGE} AS gateway
ARG NGINX_IMAGE
ARG REVISION=unknown
LABEL org.opencontainers.image.title="florin-gateway" \
      org.opencontainers.image.description="The gateway of Florin, with the storefront and the console" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.base.name="${NGINX_IMAGE}" \
      org.opencontainers.image.licenses="UNLICENSED"
COPY --from=apps /app/apps/storefront/dist /srv/florin/storefront
COPY --from=apps /app/apps/console/dist /srv/florin/console
USER 101:101
HEALTHCHECK --interval=5s --timeout=10s --retries=12 CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080"]

FROM ${RUNTIME_IMAGE}
ARG RUNTIME_IMAGE
ARG SERVER
ARG REVISION=unknown
LABEL org.opencontainers.image.title="florin-${SERVER}" \
      org.opencontainers.image.description="The ${SERVER} service of Florin" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.base.name="${RUNTIME_IMAGE}" \
      org.opencontainers.image.licenses="UNLICENSED"
# The heap is bounded as dev/platform/heap-flags.ts says and why.
ENV NODE_ENV=production \
    NODE_OPTIONS="--max-old-space-size=192 --max-semi-space-size=16 --enable-source-maps" \
    SERVER=${SERVER} \
    HOST=0.0.0.0 \
    AUTH_PORT=3001 PRODUCT_PORT=3002 PAYMENT_PORT=3003 MEDIA_PORT=3005
WORKDIR /app
COPY --from=node /usr/local/bin/node /usr/local/bin/
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/packages packages
COPY --from=build /app/servers/${SERVER} server
# The files of images (media), unless they are in S3: a new volume has this owner.
RUN mkdir /images && chown 1000:1000 /images
USER 1000:1000
EXPOSE 3001 3002 3003 3005
# The first minute is for a start on a busy machine, the time-outs for what asks: a process of its own. With TLS the certificate names
# the service, not this address, so it is not checked here.
HEALTHCHECK --interval=5s --timeout=10s --start-period=60s --retries=6 \
  CMD ["node", "-e", "const { HTTP_TLS_CERTIFICATE, HTTP_TLS_CERTIFICATE_FILE, SERVER } = process.env; const port = process.env[SERVER.toUpperCase() + '_PORT']; const tls = HTTP_TLS_CERTIFICATE || HTTP_TLS_CERTIFICATE_FILE; require(tls ? 'https' : 'http').get({ host: '127.0.0.1', port, path: '/health/ready', rejectUnauthorized: false }, (answer) => process.exit(answer.statusCode === 200 ? 0 : 1)).on('error', () => process.exit(1))"]
CMD ["node", "server/dist/src/main.js"]
