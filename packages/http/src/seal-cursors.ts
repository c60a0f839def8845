import type { CursorScope, CursorSeal, PageLinks } from '@florin/pagination';
import { linkHeader } from '@florin/pagination';
import type { Request } from 'express';
import type { Reply } from './endpoint.ts';

type Query = Readonly<Record<string, unknown>>;

/** A list's query with its cursor as the list gave it out, or a refusal of one that this list did not give out. */
export function withOpenCursor(seal: CursorSeal, request: Request, query: Query): Query {
  const { cursor } = query;
  return typeof cursor === 'string' ? { ...query, cursor: seal.open(cursor, scopeOf(request, query)) } : query;
}

/** A list's answer with its cursor sealed, and the `Link` header that goes with it. */
export function withSealedCursor(seal: CursorSeal, request: Request, { query, reply }: { query: Query; reply: Reply }): Reply {
  const { page, ...body } = reply.body as { page?: PageLinks };
  if (page === undefined) return reply;
  const nextCursor = page.nextCursor === null ? null : seal.seal(page.nextCursor, scopeOf(request, query));
  const sealed = { ...page, nextCursor };
  return {
    ...reply,
    body: { ...body, page: sealed },
    headers: { ...reply.headers, ...linkHeader(request.originalUrl, sealed) },
  };
}

/** An id in capitals is the same id, so its lists are the same lists. */
function scopeOf(request: Request, query: Query): CursorScope {
  return { path: request.path.toLowerCase(), query };
}
