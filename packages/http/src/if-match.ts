import { AppError, requestErrors } from '@florin/app-response';
import type { Request } from 'express';

/** The `If-Match` header, for an endpoint's `headers`. */
export const ifMatchHeader = {
  'If-Match': {
    description: 'The ETag from the last response. Also a list of ETags, or * for any version. W/"n" counts as "n"',
    required: true,
    schema: { type: 'string', minLength: 1, maxLength: 1_000, pattern: '^(\\*|[ \\t,]*(W/)?".*)$' },
    example: '"3"',
  },
} as const;

/** The ETags of an `If-Match` header; `*` matches any version. */
export type IfMatch = ReadonlySet<string> | '*';

/**
 * One entity tag (RFC 9110, section 8.8.3), weak or strong, with the comma or end after it. RFC 9110 allows empty list elements.
 */
const TAG = /(?:(?:W\/)?("[\x21\x23-\x7e\x80-\xff]*"))?[ \t]*(?:,[ \t]*|$)/y;

export function etagOf({ version }: { version: number }): string {
  return `"${version}"`;
}

/**
 * Reads `If-Match` (RFC 9110, section 13.1.1). Weak tags count as strong ones, because a proxy that compresses a response
 * weakens its ETag although the content is the same.
 *
 * @throws AppError PRECONDITION_REQUIRED (428) without the header, IF_MATCH_MALFORMED (400) if the header is not valid
 */
export function ifMatchOf(request: Request): IfMatch {
  const header = request.get('if-match')?.trim();
  if (header === undefined) throw new AppError(requestErrors.PRECONDITION_REQUIRED);
  if (header === '*') return '*';
  const tags = tagsOf(header);
  if (tags.size === 0) throw new AppError(requestErrors.IF_MATCH_MALFORMED);
  return tags;
}

/**
 * Checks that the client read the current version.
 *
 * @throws AppError PRECONDITION_FAILED (412) if the resource has changed since it was read
 */
export function requireMatch(ifMatch: IfMatch, current: { version: number }): void {
  if (ifMatch !== '*' && !ifMatch.has(etagOf(current))) throw new AppError(requestErrors.PRECONDITION_FAILED);
}

function tagsOf(header: string): Set<string> {
  const tags = new Set<string>();
  const pattern = new RegExp(TAG);
  while (pattern.lastIndex < header.length) {
    const found = pattern.exec(header);
    if (found === null) throw new AppError(requestErrors.IF_MATCH_MALFORMED);
    if (found[1] !== undefined) tags.add(found[1]);
  }
  return tags;
}
