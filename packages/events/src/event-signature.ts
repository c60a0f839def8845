import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { SigningKey } from './signing-keys.ts';

/** The member that ends a signed event: version, id of the key, MAC in base64url. */
const SIGNATURE = /,"florinsig":"v1\.([\w-]{1,32})\.([\w-]{43})"\}$/;
/** The longest text that `SIGNATURE` matches. */
const MAX_SIGNATURE_BYTES = `,"florinsig":"v1.${'k'.repeat(32)}.${'m'.repeat(43)}"}`.length;

/** Where an event is published. The topic is without the prefix. */
type Address = { topic: string; key: string };

export type FoundSignature = {
  keyId: string;
  mac: string;
  /** The length of the JSON before the signature, without its closing brace. */
  bodyBytes: number;
};

/**
 * Appends the signature to the JSON of an event. The MAC covers topic, key and the exact bytes of the JSON, so that an event
 * cannot be moved to another topic or user.
 */
export function signEvent(json: string, { topic, key }: Address, { id, secret }: SigningKey): string {
  const mac = macOf(secret, { topic, key }, [json]);
  return `${json.slice(0, -1)},"florinsig":"v1.${id}.${mac}"}`;
}

/** Finds the signature at the end of a message's value. */
export function findSignature(value: Buffer): FoundSignature | undefined {
  const [found, keyId, mac] = SIGNATURE.exec(value.subarray(-MAX_SIGNATURE_BYTES).toString('latin1')) ?? [];
  if (found === undefined || keyId === undefined || mac === undefined) return undefined;
  return { keyId, mac, bodyBytes: value.length - found.length };
}

type Signed = { topic: string; key: Buffer | null; value: Buffer };

/** Whether the MAC is that of this topic, key and value. */
export function isGenuine({ topic, key, value }: Signed, { mac, bodyBytes }: FoundSignature, { secret }: SigningKey): boolean {
  if (key === null) return false;
  const expected = macOf(secret, { topic, key }, [value.subarray(0, bodyBytes), '}']);
  return timingSafeEqual(Buffer.from(expected), Buffer.from(mac));
}

/** The length of the key separates it from the JSON. */
function macOf(
  secret: KeyObject,
  { topic, key }: { topic: string; key: string | Buffer },
  json: readonly (string | Buffer)[],
): string {
  const hmac = createHmac('sha256', secret);
  hmac.update(`v1\0${topic}\0${Buffer.byteLength(key)}\0`);
  hmac.update(key);
  for (const part of json) hmac.update(part);
  return hmac.digest('base64url');
}
