import { request as send } from 'node:http';
import type { Endpoint } from '@florin/http';
import fc from 'fast-check';
import { type FuzzRequest, fuzzRequest } from './fuzz-request.ts';
import type { KnownIds } from './fuzz-values.ts';

const TIMEOUT_MS = 60_000;
const DEFAULT_REQUESTS = 60;

export type FuzzTarget = {
  baseUrl: string;
  /** Returns a token that may call the endpoint. Called before each request, because some requests end the session. */
  tokenFor(endpoint: Endpoint): Promise<string | undefined> | string | undefined;
  /** Ids of existing things, so that requests get beyond the first look-up. */
  known(endpoint: Endpoint): KnownIds;
};

/**
 * Sends an endpoint requests drawn from its own definition and checks every answer: no 5xx, no missing answer, a 2xx only if
 * every value is allowed, and problem details for every rejection.
 *
 * `FUZZ_SEED` and `FUZZ_REQUESTS` (for each endpoint) choose the requests; the error names the smallest request that fails.
 *
 * @throws Error with the seed and the request
 */
export async function fuzzEndpoint(endpoint: Endpoint, { baseUrl, tokenFor, known }: FuzzTarget): Promise<void> {
  const { FUZZ_SEED: seed = '20261126', FUZZ_REQUESTS: requests = String(DEFAULT_REQUESTS) } = process.env;
  const property = fc.asyncProperty(fuzzRequest(endpoint, known(endpoint)), async (drawn) => {
    const token = await tokenFor(endpoint);
    const headers = token === undefined ? drawn.headers : { authorization: `Bearer ${token}`, ...drawn.headers };
    check(drawn, await answerTo(baseUrl, { ...drawn, headers }));
  });
  await fc.assert(property, { seed: Number(seed), numRuns: Number(requests), endOnFailure: true });
}

type Answer = { status: number; type: string; text: string };

function check({ mustRefuse }: FuzzRequest, { status, type, text }: Answer): void {
  if (status >= 500 && status !== 503) throw new Error(`${status}: ${text.slice(0, 500)}`);
  if (status < 300 && mustRefuse.length > 0)
    throw new Error(`${status}, although these are not allowed: ${mustRefuse.join(', ')}`);
  if (status >= 400 && !type.startsWith('application/problem+json'))
    throw new Error(`${status} as ${type}: ${text.slice(0, 200)}`);
}

function answerTo(baseUrl: string, { method, path, headers, body }: FuzzRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const options = { method, headers: { ...headers, ...length, connection: 'close' }, timeout: TIMEOUT_MS };
    const sent = send(new URL(baseUrl).origin + path, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const { statusCode: status = 0, headers: answered } = response;
        resolve({ status, type: answered['content-type'] ?? '', text: Buffer.concat(chunks).toString() });
      });
    });
    sent.on('timeout', () => sent.destroy(new Error(`no answer within ${TIMEOUT_MS} ms`)));
    sent.on('error', reject);
    sent.end(body);
  });
}
