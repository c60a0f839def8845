import { requestErrors } from '@florin/app-response';

type Header = { description: string; required?: boolean; schema: Readonly<Record<string, unknown>>; example?: string };

const structured = { type: 'string', minLength: 1, maxLength: 1_000, pattern: '^[ -~]+$' };
/** An id that a service made. */
const requestId = { type: 'string', format: 'uuid' };

/** The response headers of the API document, which refers to them by name. */
export const responseHeaders = {
  'X-Request-Id': {
    description: 'The id of this request in logs, which support asks for',
    required: true,
    schema: requestId,
    example: '01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44',
  },
  RateLimit: {
    description:
      'Remaining requests `r` and seconds `t` until the window ends (draft-ietf-httpapi-ratelimit-headers). Absent where no limit applies',
    schema: structured,
    example: '"user";r=598;t=41',
  },
  'RateLimit-Policy': {
    description: 'Quota `q` per window of `w` seconds. Absent where no limit applies',
    schema: structured,
    example: '"user";q=600;w=60',
  },
  'Retry-After': {
    description: 'Seconds after which to try again (RFC 9110, section 10.2.3). Absent where time alone changes nothing',
    schema: { type: 'integer', minimum: 0, maximum: 86_400 },
    example: '1',
  },
  'WWW-Authenticate': {
    description: 'The challenge (RFC 6750, section 3)',
    schema: { ...structured, pattern: '^Bearer' },
    example: 'Bearer error="invalid_token"',
  },
  Link: {
    description:
      'The next page, and the previous one of numbered pages (RFC 8288). Of a deprecated operation also its successor. Absent without any',
    schema: {
      type: 'string',
      minLength: 1,
      maxLength: 8_192,
      pattern: '^<[^>]*>; rel="(next|prev|successor-version)"(, <[^>]*>; rel="(next|prev|successor-version)")*$',
    },
    example: '</v1/purchases?limit=20&cursor=eyJ2IjoxfQ>; rel="next"',
  },
  ETag: {
    description: 'The version, for `If-Match` of the next change; of an image, for `If-None-Match`',
    required: true,
    schema: { type: 'string', minLength: 3, maxLength: 80, pattern: '^(W/)?"[0-9a-z.-]+"$' },
    example: '"3"',
  },
  Location: {
    description: 'The path of what the request created',
    required: true,
    schema: { type: 'string', format: 'uri-reference', minLength: 1, maxLength: 200, pattern: '^/' },
    example: '/v1/purchases/01990b4e-5f3c-7a21-9d0e-3b1f6c2a7d44',
  },
  'Idempotent-Replayed': {
    description: '`true`: an earlier request under this key did the work',
    schema: { type: 'string', enum: ['true'] },
  },
  'Preference-Applied': {
    description: 'The preference that was applied (RFC 7240)',
    schema: { type: 'string', minLength: 1, maxLength: 20, pattern: '^wait=[0-9]+$' },
    example: 'wait=10',
  },
  Deprecation: {
    description: 'When the operation was deprecated, in seconds since 1970 (RFC 9745)',
    required: true,
    schema: { type: 'string', minLength: 2, maxLength: 20, pattern: '^@[0-9]+$' },
    example: '@1795737600',
  },
  Sunset: {
    description: 'From when the operation may be gone (RFC 8594)',
    required: true,
    schema: { type: 'string', minLength: 29, maxLength: 29, pattern: ' GMT$' },
    example: 'Sat, 27 Nov 2027 00:00:00 GMT',
  },
  'Content-Disposition': {
    description: 'The suggested name of the file',
    schema: { type: 'string', minLength: 1, maxLength: 200, pattern: '^attachment; filename="[^"]+"$' },
    example: 'attachment; filename="products.csv"',
  },
  'Florin-Is-Final': {
    description: 'Whether the statement never changes',
    required: true,
    schema: { type: 'string', enum: ['true', 'false'] },
  },
} satisfies Record<string, Header>;

export type ResponseHeader = keyof typeof responseHeaders;

/** The request header that every endpoint takes. */
export const requestIdHeader = {
  'X-Request-Id': {
    description: "The client's own id of the request, which logs keep beside the service's id. Other values are ignored",
    schema: { type: 'string', minLength: 1, maxLength: 128, pattern: '^[A-Za-z0-9_.:-]+$' },
  },
} as const;

const canBeRetried: ReadonlySet<number> = new Set([404, 409, 429, 503]);

/** Returns the response headers of an error: when to try again, or how to authenticate. */
export function errorHeaders(status = 0): ResponseHeader[] {
  if (status === requestErrors.UNAUTHENTICATED.status) return ['WWW-Authenticate'];
  return canBeRetried.has(status) ? ['Retry-After'] : [];
}
