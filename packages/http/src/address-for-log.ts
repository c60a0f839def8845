import { createHmac } from 'node:crypto';
import type { AddressLogging } from '@florin/runtime';

const MAX_REMEMBERED = 1_000;
const HASH_LENGTH = 16;

/**
 * Returns how client addresses stand in log lines. A hash is keyed, because there are so few addresses that a plain hash could be
 * looked up. Equal addresses have equal hashes, in all instances that share the key.
 */
export function addressForLog(mode: AddressLogging, key: string | Buffer): (address: string) => string | undefined {
  if (mode === 'off') return () => undefined;
  if (mode === 'plain') return (address) => address;
  const logKey = createHmac('sha256', key).update('florin-log-addresses').digest();
  const remembered = new Map<string, string>();
  return (address) => {
    const known = remembered.get(address);
    if (known !== undefined) return known;
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    const hash = createHmac('sha256', logKey).update(address).digest('hex').slice(0, HASH_LENGTH);
    remembered.set(address, hash);
    return hash;
  };
}
