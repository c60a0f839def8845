import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError, requestErrors, validate } from '@florin/app-response';
import { type Access, userOf } from '@florin/auth-middleware';
import type { CursorSeal } from '@florin/pagination';
import type { IRouter, Request, RequestHandler, Response } from 'express';
import Joi, { type ObjectSchema } from 'joi';
import { answerOnce, type KeyedRequest } from './answer-once.ts';
import { setCacheControl } from './cache-control.ts';
import { announceDeprecation, announceFormerQuery, withSuccessor } from './deprecation.ts';
import type { Endpoint } from './endpoint.ts';
import { byPath } from './endpoints-by-path.ts';
import { idempotencyKeyOf } from './idempotency-key.ts';
import { mountPath } from './mount-path.ts';
import type { Reply } from './reply.ts';
import { withOpenCursor, withSealedCursor } from './seal-cursors.ts';
import { type SentRequest, sentHash } from './sent-hash.ts';

/** Returns the handlers that check the access to an endpoint, as `createGuard` of @florin/auth-middleware does. */
export type Guard = (access: Access) => RequestHandler[];

export type Mounting = {
  guard: Guard;
  /** @throws AppError UNAVAILABLE (503) while revocations are too old */
  assertFreshRevocations(): void;
  cursors: CursorSeal;
  /** Creates the handlers that read the body of an endpoint that does not read a stream. */
  readBody(endpoint: Endpoint): readonly RequestHandler[];
};

const nothing = Joi.object({});

/** Mounts endpoints on an app: access, validation, handler, response. Seals and opens the cursors of lists. */
export function mountEndpoints(app: IRouter, endpoints: readonly Endpoint[], mounting: Mounting): void {
  for (const [path, methods] of byPath(endpoints.flatMap(withFormerPaths))) {
    const handlers = methods.map((endpoint) => [endpoint.method, handlersOf(endpoint, mounting)] as const);
    mountPath(app, path, Object.fromEntries(handlers));
  }
}

function withFormerPaths(endpoint: Endpoint): Endpoint[] {
  const { path: successor, formerPaths = [] } = endpoint;
  return [endpoint, ...formerPaths.map(({ path, ...dates }) => ({ ...endpoint, path, deprecated: { ...dates, successor } }))];
}

/** Orders the checks by cost: load shedding, access, body. */
function handlersOf(endpoint: Endpoint, { guard, assertFreshRevocations, cursors, readBody }: Mounting): RequestHandler[] {
  const mounted = isPaged(endpoint) ? { ...endpoint, handle: listing(endpoint, cursors) } : endpoint;
  return [
    ...(endpoint.deprecated === undefined ? [] : [announceDeprecation(endpoint.deprecated)]),
    ...(endpoint.formerQueries ?? []).map(announceFormerQuery),
    ...(endpoint.shedLoad === undefined ? [] : [asserting(endpoint.shedLoad)]),
    ...guard(endpoint.access),
    ...(endpoint.needsFreshRevocations === true ? [asserting(assertFreshRevocations)] : []),
    ...(endpoint.streamedBody === undefined ? readBody(endpoint) : []),
    (request, response) => answer(mounted, request, response),
  ];
}

function asserting(assertion: (response: Response) => void): RequestHandler {
  return (_request, response, next) => {
    assertion(response);
    next();
  };
}

function isPaged({ answers }: Endpoint): boolean {
  return Object.values(answers).some((one) => one.isList === true || one.isPaged === true);
}

function listing({ handle, deprecated }: Endpoint, cursors: CursorSeal): Endpoint['handle'] {
  return async ({ request, ...input }) => {
    const query = input.query as Readonly<Record<string, unknown>>;
    const reply = await handle({ ...input, query: withOpenCursor(cursors, request, query), request });
    const sealed = withSealedCursor(cursors, request, { query, reply });
    return deprecated === undefined ? sealed : withSuccessor(deprecated, request, sealed);
  };
}

async function answer(endpoint: Endpoint, request: Request, response: Response): Promise<void> {
  if (endpoint.streamedBody) requireBodyOf(request, endpoint.streamedBody);
  const reply = endpoint.idempotent === undefined ? await handle(endpoint, request) : await handleOnce(endpoint, request);
  const { status, body: data, stream, bytes, headers = {} } = reply;
  response.status(status).set(headers);
  setCacheControl(response, request, endpoint);
  if (stream !== undefined && request.method !== 'HEAD') return send(stream, response);
  if (bytes !== undefined) response.end(bytes);
  else if (data === undefined) response.end();
  else response.json(data);
}

/**
 * Validates a request and calls the endpoint. Not async, because each promise costs time in every request.
 *
 * @throws AppError if the request is not valid
 */
function handle(endpoint: Endpoint, request: Request, keyed?: KeyedRequest): Promise<Reply> {
  const params = endpoint.params === undefined ? {} : identified(endpoint.params, request.params);
  const query = readQuery(endpoint, request.query);
  const bytes = endpoint.binaryBody && bytesOf(request);
  const body = endpoint.streamedBody || bytes ? {} : validate<unknown>(endpoint.body ?? nothing, request.body ?? {});
  return endpoint.handle({
    params,
    query,
    body,
    user: userOf(request),
    request,
    ...(keyed && { keyed }),
    ...(bytes && { bytes }),
  });
}

function bytesOf({ body }: Request): Buffer | undefined {
  return Buffer.isBuffer(body) ? body : undefined;
}

function readQuery({ query: schema }: Endpoint, query: object): unknown {
  const isEmpty = schema === undefined && Object.keys(query).length === 0;
  return isEmpty ? {} : validate<unknown>(schema ?? nothing, query, { isText: true });
}

function handleOnce(endpoint: Endpoint, request: Request): Promise<Reply> {
  const { idempotent } = endpoint;
  if (typeof idempotent === 'object' && idempotent.isOptional === true && request.get('idempotency-key') === undefined)
    return handle(endpoint, request);
  const idempotencyKey = idempotencyKeyOf(request);
  if (idempotent === undefined || idempotent === 'compared by handle') return handle(endpoint, request, { idempotencyKey });
  const user = userOf(request);
  assert(user !== undefined, `${endpoint.path} is idempotent, so it needs to know its user`);
  const sent = sentRequest(request);
  const keyed = { idempotencyKey, sentHash: sentHash(endpoint.path, sent, idempotent) };
  const asked = { ...keyed, userId: user.id, sent, request };
  return answerOnce(idempotent, asked, () => handle(endpoint, request, keyed));
}

function sentRequest({ params, query, body }: Request): SentRequest {
  const sent = body as unknown;
  return { params, query, body: typeof sent === 'object' && sent !== null ? (sent as SentRequest['body']) : {} };
}

/**
 * Streams as fast as the client reads. An error closes the connection, so that the client cannot take a partial response for a
 * whole one.
 */
async function send(stream: AsyncIterable<string>, response: Response): Promise<void> {
  try {
    // Buffers one chunk, not sixteen: a chunk is a page of rows, which may be large, and the client may be slow.
    await pipeline(Readable.from(stream, { highWaterMark: 1 }), response);
  } catch (error) {
    // The client has closed the connection.
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
