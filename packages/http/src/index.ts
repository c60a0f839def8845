export { answerOnce, type Idempotency, type KeyedRequest, type KeyOwner, type StoredRequest } from './answer-once.ts';
export { auditLogRoutes } from './audit-log-routes.ts';
export { clientAddress } from './client-address.ts';
export { type AppOptions, createApp } from './create-app.ts';
export type { Deprecation, FormerPath } from './deprecation.ts';
export { type Endpoint, endpoint, type RequestExample, type Tag } from './endpoint.ts';
export { errorsOf } from './endpoint-errors.ts';
export { escapeHtml } from './escape-html.ts';
export { exampleValues } from './example-values.ts';
export { hashAddresses } from './hash-addresses.ts';
export { type Health, readHealth } from './health.ts';
export { type HttpServer, type ServerTls, startHttpServer } from './http-server.ts';
export { requestHash } from './idempotency-key.ts';
export { etagOf, type IfMatch, ifMatchHeader, ifMatchOf, requireMatch } from './if-match.ts';
export { type KeyedRow, keyedTable } from './keyed-table.ts';
export type { KnownUser, RequestLimits } from './limit-requests.ts';
export type { Guard } from './mount-endpoints.ts';
export { type OpenApiDocument, openApiDocument } from './openapi-document.ts';
export { pagePolicy } from './page-policy.ts';
export { pascalCase } from './pascal-case.ts';
export { fillPath } from './path-pattern.ts';
export {
  type AttemptLimit,
  type AttemptLimitOptions,
  createAttemptLimit,
  createRateLimit,
  type RateLimit,
  type RateLimitOptions,
} from './rate-limit.ts';
export { type RateLimitStore, rateLimitMigrations, rateLimitRights, rateLimitsTable } from './rate-limit-counter.ts';
export { MAX_BODY_BYTES } from './read-body.ts';
export { type Reply, reply } from './reply.ts';
export { isAllowedOrigin, requireOrigin } from './require-origin.ts';
export { type SentRequest, sentHash } from './sent-hash.ts';
