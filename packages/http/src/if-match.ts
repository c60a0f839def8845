import { AppError, requestErrors } from '@florin/app-response';
import type { Request } from 'express';

/** For an endpoint's `headers`. */
export const ifMatchHeader = {
  'If-Match': {
    description: 'The ETag that you read. A list of ETags and * (any version) are taken as well; W/"n" counts as "n"',
    required: true,
  },
} as const;

/** What an `If-Match` header lets a change begin with: these ETags, or whatever is there. */
export type IfMatch = ReadonlySet<string> | '*';

/** One entity tag of RFC 9110, weak or strong, and the comma or the end behind it. Commas may stand alone. */
const TAG = /(?:(?:W\/)?("[\x21\x23-\x7e\x80-\xff]*"))?[ \t]*(?:,[ \t]*|$)/y;

export function etagOf({ version }: { version: number }): string {
  return `"${version}"`;
}

/**
 * Reads `If-Match`. Weak tags count as strong ones: a proxy that compresses an answer weakens its ETag, though what was read is the
 * same.
 *
 * @throws AppError PRECONDITION_REQUIRED (428) without the header, IF_MATCH_MALFORMED (400) when RFC 9110 has no such header
 */
export function ifMatchOf(request: Request): IfMatch {
  const header = request.get('if-match')?.trim();
  if (header === undefined) throw new AppError(requestErrors.PRECONDITION_REQUIRED);
  if (header === '*') return '*';
  const tags = tagsOf(header);
  if (tags.size === 0) throw new AppError(requestErrors.IF_MATCH_MALFORMED);
  return tags;
}

/** @throws AppError PRECONDITION_FAILED (412) when somebody has changed the thing since it was read */
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
