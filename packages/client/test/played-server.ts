import sinon from 'sinon';
import { type ClientOptions, createFlorinClient, type FlorinClient } from '../src/index.ts';

export type Played = { status?: number; headers?: Record<string, string>; body?: unknown } | 'no answer';
export type Received = { method: string; path: string; headers: Headers; body: string; at: number };
type Server = (request: Received) => Played | Promise<Played>;

/** A client whose network is played: what the server answers, and what it received. */
export function clientOf(server: Server, options: Partial<ClientOptions> = {}): { florin: FlorinClient; received: Received[] } {
  const received: Received[] = [];
  const fetch = async (request: Request): Promise<Response> => {
    const { pathname, search } = new URL(request.url);
    const one = {
      method: request.method,
      path: pathname + search,
      headers: request.headers,
      body: await request.text(),
      at: Date.now(),
    };
    received.push(one);
    const played = await Promise.race([aborted(request.signal), server(one)]);
    if (played === 'no answer') throw new TypeError('fetch failed');
    const { status = 200, headers = {}, body } = played;
    return new Response(body === undefined ? null : JSON.stringify(body), { status, headers });
  };
  return { florin: createFlorinClient({ baseUrl: 'http://florin.test', fetch, ...options }), received };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason as Error);
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });
}

export function problem(status: number, code: string, headers: Record<string, string> = {}): Played {
  return {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
    body: { type: `/docs/errors#${code}`, title: `The title of ${code}`, status, code, requestId: 'r1' },
  };
}

export const alice = { id: '0192c000-0000-7000-8000-000000000001', email: 'alice@florin.example' };

export function signedIn(n: number, { expiresIn = 900, user = alice } = {}): Played {
  return { body: { data: { user, accessToken: `access-${n}`, refreshToken: `refresh-${n}`, expiresIn } } };
}

export const credentials = { email: alice.email, password: 'correct horse battery' };

/** Fakes what the client waits by, and nothing that the network needs. */
export function fakeClock(now = 1_000_000): sinon.SinonFakeTimers {
  return sinon.useFakeTimers({ now, toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
}

/** Advances the clock from timer to timer until the work has ended. */
export async function finishOn<T>(clock: sinon.SinonFakeTimers, work: Promise<T>): Promise<T> {
  let isRunning = true;
  const end = (): void => {
    isRunning = false;
  };
  work.then(end, end);
  while (isRunning) {
    for (let turns = 0; turns < 5; turns++) await new Promise((resolve) => setImmediate(resolve));
    if (clock.countTimers() > 0) await clock.nextAsync();
  }
  return work;
}
