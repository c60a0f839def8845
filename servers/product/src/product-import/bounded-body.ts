import { PassThrough } from 'node:stream';
import { AppError, requestErrors } from '@florin/app-response';
import type { Request } from 'express';

export type BodyBounds = {
  maxBytes: number;
  /** Maximum time in milliseconds between two chunks. */
  stallMs: number;
};

export type BoundedBody = {
  /** @throws AppError PAYLOAD_TOO_LARGE, REQUEST_TIMEOUT, or MALFORMED_REQUEST if the connection closes before the end of the body */
  chunks: AsyncIterable<Buffer>;
  /** Discards the rest of the body, so that a client that is still sending reads the answer. */
  release(): void;
};

/** Streams a request's body with backpressure, within bounds. */
export function boundedBody(request: Request, bounds: BodyBounds): BoundedBody {
  const through = new PassThrough();
  const cut = (): void => void through.destroy(new Error('cut'));
  request.once('error', cut).once('aborted', cut);
  request.pipe(through);
  return {
    chunks: readWithin(request, through, bounds),
    release() {
      request.unpipe(through);
      through.destroy();
      request.resume();
    },
  };
}

async function* readWithin(
  { headers }: Request,
  through: PassThrough,
  { maxBytes, stallMs }: BodyBounds,
): AsyncGenerator<Buffer> {
  if (Number(headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const chunks = through[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let bytes = 0;
  for (;;) {
    const next = await within(chunks.next(), stallMs);
    if (next.done === true) return;
    bytes += next.value.length;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    yield next.value;
  }
}

async function within(next: Promise<IteratorResult<Buffer>>, stallMs: number): Promise<IteratorResult<Buffer>> {
  let timer: NodeJS.Timeout | undefined;
  const stall = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new AppError(requestErrors.REQUEST_TIMEOUT, { headers: { Connection: 'close' } })), stallMs);
  });
  try {
    return await Promise.race([next.catch(brokenOff), stall]);
  } finally {
    clearTimeout(timer);
  }
}

function brokenOff(cause: unknown): never {
  throw new AppError(requestErrors.MALFORMED_REQUEST, { detail: 'The connection closed before the end of the body.', cause });
}

function tooLarge(maxBytes: number): AppError {
  return new AppError(requestErrors.PAYLOAD_TOO_LARGE, { detail: `The maximum is ${maxBytes} bytes.` });
}
