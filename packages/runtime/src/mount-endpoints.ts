import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError, requestErrors, validate } from '@florin/app-response';
import { type Access, userOf } from '@florin/auth-middleware';
import type { CursorSeal } from '@florin/pagination';
import type { Express, Request, RequestHandler, Response } from 'express';
import Joi, { type ObjectSchema } from 'joi';
import type { Endpoint } from './endpoint.ts';
import { withOpenCursor, withSealedCursor } from './seal-cursors.ts';

/** The handlers that let only the right callers pass, as `createGuard` of @florin/auth-middleware makes them. */
export type Guard = (access: Access) => RequestHandler[];

const nothing = Joi.object({});

/** Puts each endpoint on the app: who may call, what must come in, the handler, the answer. Lists' cursors leave sealed. */
export function mountEndpoints(
  app: Express,
  endpoints: readonly Endpoint[],
  { guard, cursors }: { guard: Guard; cursors: CursorSeal },
): void {
  for (const endpoint of endpoints) {
    const mounted = isList(endpoint) ? { ...endpoint, handle: listing(endpoint, cursors) } : endpoint;
    app[endpoint.method](endpoint.path, ...guard(endpoint.access), (request: Request, response: Response) =>
      answer(mounted, request, response),
    );
  }
}

function isList({ answers }: Endpoint): boolean {
  return Object.values(answers).some((one) => one.isList === true);
}

function listing({ handle }: Endpoint, cursors: CursorSeal): Endpoint['handle'] {
  return async ({ request, ...input }) => {
    const query = input.query as Readonly<Record<string, unknown>>;
    const reply = await handle({ ...input, query: withOpenCursor(cursors, request, query), request });
    return withSealedCursor(cursors, request, { query, reply });
  };
}

async function answer(endpoint: Endpoint, request: Request, response: Response): Promise<void> {
  if (endpoint.streamedBody) requireBodyOf(request, endpoint.streamedBody);
  const params = identified(endpoint.params ?? nothing, request.params);
  const query = validate<unknown>(endpoint.query ?? nothing, request.query, { isText: true });
  const body = endpoint.streamedBody ? {} : validate<unknown>(endpoint.body ?? nothing, request.body ?? {});
  const input = { params, query, body, user: userOf(request), request };
  const { status, body: data, stream, headers = {} } = await endpoint.handle(input);
  response.status(status).set(headers);
  if (stream !== undefined) return send(stream, response);
  if (data === undefined) response.end();
  else response.json(data);
}

/** As fast as the client reads. What fails on the way ends the connection, so that half an answer is not taken for a whole one. */
async function send(stream: AsyncIterable<string>, response: Response): Promise<void> {
  try {
    // One piece ahead, not sixteen: a piece is a page of rows, which may be long, and the client may be slow.
    await pipeline(Readable.from(stream, { highWaterMark: 1 }), response);
  } catch (error) {
    // The client has gone: nobody is left to tell.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}

function requireBodyOf(request: Request, types: readonly string[]): void {
  const charset = /;\s*charset="?([^";\s]+)/i.exec(request.get('content-type') ?? '')?.[1] ?? 'utf-8';
  const isPlain = (request.get('content-encoding') ?? 'identity') === 'identity';
  if (request.is([...types]) && /^utf-?8$/i.test(charset) && isPlain) return;
  throw new AppError(requestErrors.UNSUPPORTED_MEDIA_TYPE, { detail: `Send ${types.join(' or ')} in UTF-8, not compressed.` });
}

function identified(schema: ObjectSchema, params: unknown): unknown {
  const result = schema.validate(params);
  if (result.error) throw new AppError(requestErrors.NOT_FOUND);
  return result.value as unknown;
}
