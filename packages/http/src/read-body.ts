import { AppError, requestErrors } from '@florin/app-response';
import express, { type Request, type RequestHandler } from 'express';
import { hasBody } from './unread-body.ts';

/** Maximum number of bytes of a JSON body, unless the endpoint has its own. */
export const MAX_BODY_BYTES = 32 * 1024;

type Options = {
  maxBytes: number;
  /** Milliseconds within which the whole body must arrive. */
  timeoutMs: number;
};

/** Creates the handlers that read and parse the JSON body of an endpoint. */
export function readJsonBody(options: Options): RequestHandler[] {
  return [jsonBody(options), rejectOtherBodies];
}

/**
 * Parses JSON bodies within a time limit. The server's own limit is longer, to allow for the largest stream. Rejects a body that is
 * too large as soon as that is known: Express would read the rest of it first.
 */
function jsonBody({ maxBytes, timeoutMs }: Options): RequestHandler {
  const parse = express.json({ limit: maxBytes, strict: true, type: ['application/json', 'application/*+json'] });
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
    if (!isOver) parse(request, response, end);
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

/** Rejects a body that is not JSON. Otherwise it would count as missing, and the error would name missing fields. */
const rejectOtherBodies: RequestHandler = (request, _response, next) => {
  next(hasBody(request) && request.body === undefined ? new AppError(requestErrors.UNSUPPORTED_MEDIA_TYPE) : undefined);
};
