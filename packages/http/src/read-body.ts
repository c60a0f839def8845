import { isAscii } from 'node:buffer';
import { AppError, requestErrors } from '@florin/app-response';
import express, { type Request, type RequestHandler } from 'express';
import type { Endpoint } from './endpoint.ts';
import { hasBody } from './unread-body.ts';

/** Maximum number of bytes of a JSON body, unless the endpoint has its own. */
export const MAX_BODY_BYTES = 32 * 1024;

type Options = {
  /** Of a JSON body. */
  maxBytes: number;
  isFlat?: boolean | undefined;
  binary?: Endpoint['binaryBody'];
  /** Milliseconds within which the whole body must arrive. */
  timeoutMs: number;
};

/** Creates the handlers that read the body of an endpoint: JSON, which is parsed, or bytes of the types of `binary`. */
export function readWholeBody({ maxBytes, isFlat = false, binary, timeoutMs }: Options): RequestHandler[] {
  const json = {
    maxBytes,
    timeoutMs,
    parse: isFlat ? express.raw({ type: jsonTypes, limit: maxBytes, inflate: false }) : parseJson(maxBytes),
  };
  const parsing = isFlat ? [parseFlat] : [];
  if (binary === undefined) return [readWithin(json), ...parsing, rejectOtherBodies];
  const types = [...binary.types];
  const readJson = readWithin(json);
  const readBytes = readWithin({
    maxBytes: binary.maxBytes,
    timeoutMs,
    parse: express.raw({ type: types, limit: binary.maxBytes, inflate: false }),
  });
  return [
    (request, response, next) => (request.is(types) ? readBytes : readJson)(request, response, next),
    ...parsing.map(
      (parse): RequestHandler =>
        (request, response, next) =>
          request.is(types) ? next() : parse(request, response, next),
    ),
    rejectOtherBodies,
  ];
}

const jsonTypes = ['application/json', 'application/*+json'];

/** Characters that begin a part of a JSON text. Base64 has none of them, a data URL one comma. */
const MARKS = ['"', '[', '{', ','].map((mark) => mark.charCodeAt(0));
const MAX_MARKS = 32;

/** Parses a flat body (see `isFlatBody`). */
const parseFlat: RequestHandler = (request, _response, next) => {
  const body: unknown = request.body;
  if (!Buffer.isBuffer(body)) {
    next();
    return;
  }
  if (!isAscii(body) || MARKS.some((mark) => hasMore(body, mark, MAX_MARKS))) {
    next(
      new AppError(requestErrors.VALIDATION_FAILED, {
        errors: [{ path: '', message: 'the body must be a flat object in ASCII' }],
      }),
    );
    return;
  }
  try {
    request.body = JSON.parse(body.toString('latin1')) as unknown;
    next();
  } catch (cause) {
    next(new AppError(requestErrors.MALFORMED_JSON, { cause }));
  }
};

function hasMore(bytes: Buffer, mark: number, max: number): boolean {
  let at = -1;
  for (let found = 0; found <= max; found++) {
    at = bytes.indexOf(mark, at + 1);
    if (at < 0) return false;
  }
  return true;
}

function parseJson(maxBytes: number): RequestHandler {
  return express.json({ limit: maxBytes, strict: true, type: jsonTypes });
}

/**
 * Reads bodies within a time limit. The server's own limit is longer, to allow for the largest stream. Rejects a body that is
 * too large as soon as that is known: Express would read the rest of it first.
 */
function readWithin({
  maxBytes,
  timeoutMs,
  parse,
}: {
  maxBytes: number;
  timeoutMs: number;
  parse: RequestHandler;
}): RequestHandler {
  return (request, response, next) => {
    if (!hasBody(request)) {
      next();
      return;
    }
    let isOver = false;
    const end = (error?: unknown): void => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      next(error);
    };
    const timer = setTimeout(() => end(new AppError(requestErrors.REQUEST_TIMEOUT)), timeoutMs);
    const rejectLarge = (): void => end(tooLarge(maxBytes));
    const length = request.headers['content-length'];
    if (length === undefined) onBytesBeyond(request, maxBytes, rejectLarge);
    else if (Number(length) > maxBytes) rejectLarge();
    if (!isOver) void parse(request, response, end);
  };
}

function onBytesBeyond(request: Request, maxBytes: number, act: () => void): void {
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxBytes) act();
  });
}

function tooLarge(maxBytes: number): AppError {
  return new AppError(requestErrors.PAYLOAD_TOO_LARGE, { detail: `The maximum is ${maxBytes} bytes.` });
}

/** Rejects a body of a type that the endpoint does not take. Otherwise it would count as missing, and the error would name missing fields. */
const rejectOtherBodies: RequestHandler = (request, _response, next) => {
  next(hasBody(request) && request.body === undefined ? new AppError(requestErrors.UNSUPPORTED_MEDIA_TYPE) : undefined);
};
