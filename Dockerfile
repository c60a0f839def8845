# One image per server: docker build --build-arg SERVER=auth|product|payment .
ARG NODE_IMAGE=node:24-bookworm-slim
# What NODE_IMAGE itself is built on: the services need its node, and no npm.
ARG RUNTIME_IMAGE=debian:bookworm-slim

# Nothing but the manifests, so that a change of code does not install anew.
FROM ${NODE_IMAGE} AS manifests
WORKDIR /app
COPY package.json package-lock.json ./
COPY packages packages
COPY servers servers
RUN find . -type f ! -name package.json ! -name package-lock.json -delete && find . -type d -empty -delete

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY --from=manifests /app ./
RUN --mount=type=cache,target=/root/.npm npm ci --no-audit --no-fund --loglevel=error
COPY tsconfig.base.json tsconfig.build.json ./
COPY packages packages
COPY servers servers
RUN npx tsc -b tsconfig.build.json && rm -rf packages/testing packages/*/src packages/*/test servers/*/src servers/*/test

FROM ${NODE_IMAGE} AS dependencies
ARG SERVER
WORKDIR /app
COPY --from=manifests /app ./
RUN --mount=type=cache,target=/root/.npm \
    npm ci --omit=dev --workspace="servers/${SERVER:?say which server with --build-arg SERVER=}" --no-audit --no-fund --loglevel=error

FROM ${NODE_IMAGE} AS node

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
    NODE_OPTIONS="--max-old-space-size=192 --max-semi-space-size=8 --enable-source-maps" \
    SERVER=${SERVER} \
    HOST=0.0.0.0 \
    AUTH_PORT=3001 PRODUCT_PORT=3002 PAYMENT_PORT=3003
WORKDIR /app
COPY --from=node /usr/local/bin/node /usr/local/bin/
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/packages packages
COPY --from=build /app/servers/${SERVER} server
USER 1000:1000
EXPOSE 3001 3002 3003
# The first minute is for a start on a busy machine, the time-outs for what asks: a process of its own.
HEALTHCHECK --interval=5s --timeout=10s --start-period=60s --retries=6 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env[process.env.SERVER.toUpperCase() + '_PORT'] + '/health/ready').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server/dist/src/main.js"]
