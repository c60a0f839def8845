import { createSecretKey, type KeyObject } from 'node:crypto';

/** A key that signs events or verifies their signatures. */
export type SigningKey = {
  id: string;
  secret: KeyObject;
  /** Start of the day (UTC) from which the key signs no more. It verifies for 60 days from then. */
  retiredOn?: Date;
};

/**
 * How a process signs and verifies events. `off`: neither. `accept`: signs, and takes unsigned events. `require`: signs, and
 * takes unsigned events only below the offsets that `npm run events:require` stored. Without a mode: `require` if offsets are
 * stored, `accept` otherwise.
 */
export type EventSignatures = { mode: 'off' } | { mode?: 'accept' | 'require' | undefined; keys: SigningKeys };

/** The first signs. All verify. */
export type SigningKeys = readonly [SigningKey, ...SigningKey[]];

/** Known to everybody: it protects nothing, and development signs and verifies as production does. */
export const DEVELOPMENT_SIGNING_KEYS = `development:${Buffer.alloc(32, 'florin-development-events').toString('base64')}`;

const ENTRY = /^([\w-]{1,32}):([A-Za-z0-9+/]{43}=)(?::(\d{4}-\d{2}-\d{2}))?$/;
const FORMAT =
  'id:key or id:key:retired-on, separated by commas; key is 32 random bytes in base64, retired-on a date like 2026-11-30';

/**
 * Reads a key ring such as `november:BASE64,may:BASE64:2026-11-20`. The first key signs.
 *
 * @throws Error that names the fault and no key
 */
export function parseSigningKeys(text: string): SigningKeys {
  const [first, ...others] = text.split(',').map(parseKey);
  if (first === undefined) throw new Error(`it must have a key (${FORMAT})`);
  if (first.retiredOn !== undefined) throw new Error('its first key signs, so it must not be retired');
  const ids = [first, ...others].map(({ id }) => id);
  if (new Set(ids).size < ids.length) throw new Error('each key must have an id of its own');
  return [first, ...others];
}

function parseKey(entry: string, index: number): SigningKey {
  const [, id, base64, retiredOn] = ENTRY.exec(entry.trim()) ?? [];
  if (id === undefined || base64 === undefined) throw new Error(`entry ${index + 1} must be ${FORMAT}`);
  const bytes = Buffer.from(base64, 'base64');
  if (new Set(bytes).size === 1) throw new Error(`the key of ${id} repeats one byte: use 32 random bytes`);
  const secret = createSecretKey(bytes);
  if (retiredOn === undefined) return { id, secret };
  const day = new Date(`${retiredOn}T00:00:00Z`);
  if (Number.isNaN(day.getTime()) || !day.toISOString().startsWith(retiredOn))
    throw new Error(`the date of ${id} does not exist`);
  return { id, secret, retiredOn: day };
}
