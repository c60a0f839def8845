import { setTimeout as sleep } from 'node:timers/promises';
import { createFlorinClient } from '@florin/client';
import type { Random } from '../../dev/seed/random.ts';
import type { ServiceName } from '../../ops/platform/service-names.ts';

export type Request = {
  service: ServiceName;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  token?: string;
  /** A string is sent unchanged; `headers` has its content type. */
  body?: unknown;
  headers?: Record<string, string>;
  timeoutMs?: number;
};

export type Reply = {
  status: number;
  headers: Headers;
  body: unknown;
  /** Number of earlier attempts without an answer, or with one that does not say whether the request was applied. */
  lost: number;
};

/** Sends a request until it is answered; undefined after the timeout. */
export type Call = (request: Request, random: Random) => Promise<Reply | undefined>;

export type CallOptions = {
  urls: Readonly<Record<ServiceName, readonly string[]>>;
  giveUpMs: number;
  signal: AbortSignal;
  onAttempt(outcome: string, request: Request, body: unknown): void;
};

const TIMEOUT_MS = 4_000;

/**
 * Calls any instance of a service. Without a final answer (none, 5xx, 408 or 429) it repeats the same request with the same
 * Idempotency-Key.
 */
export function createCall({ urls, giveUpMs, signal, onAttempt }: CallOptions): Call {
  return async (request, random) => {
    const deadline = Date.now() + giveUpMs;
    for (let lost = 0; Date.now() < deadline && !signal.aborted; lost++) {
      const reply = await send(random.pick(urls[request.service]), request);
      onAttempt(reply === undefined ? 'no answer' : String(reply.status), request, reply?.body);
      if (reply !== undefined && isFinal(reply.status)) return { ...reply, lost };
      await sleep(random.between(100, 600));
    }
    return undefined;
  };
}

/** 408: the request reached the service too slowly, while the machine was busy or the connection was cut. */
function isFinal(status: number): boolean {
  return status < 500 && status !== 408 && status !== 429;
}

/** One request without repetition: what is repeated, and when, is decided above. */
async function send(url: string, { method, path, token, body, headers, timeoutMs = TIMEOUT_MS }: Request) {
  try {
    const client = createFlorinClient({ baseUrl: url, ...(token === undefined ? {} : { accessToken: token }) });
    const response = await client.raw(path, {
      method,
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isText = response.headers.get('content-type')?.startsWith('text/') ?? false;
    return { status: response.status, headers: response.headers, body: isText ? text : parse(text) };
  } catch {
    return undefined;
  }
}

function parse(text: string): unknown {
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}
