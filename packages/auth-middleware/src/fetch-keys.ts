import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { get as httpsGet } from 'node:https';
import { Readable } from 'node:stream';

/** A key of a JWK Set (RFC 7517), unchecked. */
export type Jwk = Readonly<Record<string, unknown>>;

export type FetchKeys = () => Promise<readonly Jwk[]>;

const TIMEOUT_MS = 2_000;
const MAX_BYTES = 64 * 1024;

/**
 * Fetches the keys published at a URL, with limits on time and size.
 *
 * @param ca authorities of the certificate of an https URL, in PEM (default: those that Node trusts)
 */
export function keysAt(jwksUrl: string, ca?: string): FetchKeys {
  return async () => {
    const response = await get(jwksUrl, ca);
    if (response.status !== 200) {
      await response.body?.cancel();
      throw new Error(`${jwksUrl} answered ${response.status}.`);
    }
    const { keys } = JSON.parse(await boundedText(response)) as { keys?: unknown };
    if (!Array.isArray(keys)) throw new Error(`${jwksUrl} holds no "keys".`);
    return keys.filter((key): key is Jwk => typeof key === 'object' && key !== null);
  };
}

/** Global fetch takes no authorities. */
async function get(url: string, ca: string | undefined): Promise<Response> {
  const options = { headers: { accept: 'application/json' }, signal: AbortSignal.timeout(TIMEOUT_MS) };
  if (ca === undefined || !url.startsWith('https:')) return fetch(url, { ...options, redirect: 'error' });
  const [message] = (await once(httpsGet(url, { ...options, ca, agent: false }), 'response')) as [IncomingMessage];
  return new Response(Readable.toWeb(message) as ReadableStream, { status: message.statusCode ?? 500 });
}

async function boundedText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BYTES) throw new Error(`The JWK Set holds more than ${MAX_BYTES} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
