import { createHmac } from 'node:crypto';

const MAX_REMEMBERED = 1_000;
const HASH_LENGTH = 16;

/**
 * Returns a function that hashes client addresses. A hash is keyed, because there are so few addresses that a plain hash could be
 * looked up. Equal addresses have equal hashes in all instances that share the key, for one purpose.
 */
export function hashAddresses(key: string | Buffer, purpose: string): (address: string) => string {
  const purposeKey = createHmac('sha256', key).update(purpose).digest();
  const remembered = new Map<string, string>();
  return (address) => {
    const known = remembered.get(address);
    if (known !== undefined) return known;
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    const hash = createHmac('sha256', purposeKey).update(address).digest('hex').slice(0, HASH_LENGTH);
    remembered.set(address, hash);
    return hash;
  };
}
