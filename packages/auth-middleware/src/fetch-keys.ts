/** A key of a JWK Set (RFC 7517), unchecked. */
export type Jwk = Readonly<Record<string, unknown>>;

export type FetchKeys = () => Promise<readonly Jwk[]>;

const TIMEOUT_MS = 2_000;
const MAX_BYTES = 64 * 1024;

/** Fetches the keys published at a URL, with limits on time and size. */
export function keysAt(jwksUrl: string): FetchKeys {
  return async () => {
    const response = await fetch(jwksUrl, {
      headers: { accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      throw new Error(`${jwksUrl} answered ${response.status}.`);
    }
    const { keys } = JSON.parse(await boundedText(response)) as { keys?: unknown };
    if (!Array.isArray(keys)) throw new Error(`${jwksUrl} holds no "keys".`);
    return keys.filter((key): key is Jwk => typeof key === 'object' && key !== null);
  };
}

async function boundedText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BYTES) throw new Error(`${response.url} holds more than ${MAX_BYTES} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
