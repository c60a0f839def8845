import type { CursorScope, CursorSeal, PageLinks } from '@florin/pagination';
import { linkHeader } from '@florin/pagination';
import type { Request } from 'express';
import type { Reply } from './reply.ts';

type Query = Readonly<Record<string, unknown>>;

/**
 * Opens the cursor in a list's query.
 *
 * @throws AppError VALIDATION_FAILED (422) if the cursor was not sealed for this list
 */
export function withOpenCursor(seal: CursorSeal, request: Request, query: Query): Query {
  const { cursor } = query;
  return typeof cursor === 'string' ? { ...query, cursor: seal.open(cursor, scopeOf(request, query)) } : query;
}

/** Seals the cursor in a list's reply and adds the `Link` header (RFC 8288). */
export function withSealedCursor(seal: CursorSeal, request: Request, { query, reply }: { query: Query; reply: Reply }): Reply {
  const { page, ...body } = (reply.body ?? {}) as { page?: PageLinks };
  if (page === undefined) return reply;
  const nextCursor = page.nextCursor === null ? null : seal.seal(page.nextCursor, scopeOf(request, query));
  const sealed = { ...page, nextCursor };
  return {
    ...reply,
    body: { ...body, page: sealed },
    headers: { ...reply.headers, ...linkHeader(request.originalUrl, sealed) },
  };
}

/** Lower case, because ids in upper and lower case are the same id. */
function scopeOf(request: Request, query: Query): CursorScope {
  return { path: request.path.toLowerCase(), query };
}
