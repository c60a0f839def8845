import { createHmac } from 'node:crypto';
import { isIP } from 'node:net';
import { clientAddress } from '@florin/http';
import type { Request } from 'express';

/** Where a session is used: the program, as it calls itself, and the client's address or its hash. */
export type SessionOrigin = { device: string | null; address: string | null };

export type ReadOrigin = (request: Request) => SessionOrigin;

/** `hashed`: equal addresses can be recognised, and the address cannot be read. */
export type AddressStorage = 'plain' | 'hashed';

const MAX_DEVICE_LENGTH = 200;
const NOT_PLAIN = /[^\x20-\x7e]+/g;
const HASH_LENGTH = 16;

/**
 * Reads the origin of a request. The client chooses the header `User-Agent`, so only visible ASCII of bounded length is kept. A
 * hash is keyed, because there are so few addresses that a plain hash could be looked up.
 */
export function createOriginReader(storage: AddressStorage, key: Buffer): ReadOrigin {
  const addressKey = createHmac('sha256', key).update('florin-session-addresses').digest();
  const stored = (address: string): string =>
    storage === 'plain' ? address : createHmac('sha256', addressKey).update(address).digest('hex').slice(0, HASH_LENGTH);
  return (request) => {
    const sent = (request.get('user-agent') ?? '').slice(0, MAX_DEVICE_LENGTH * 2);
    const device = sent.replaceAll(NOT_PLAIN, ' ').trim().slice(0, MAX_DEVICE_LENGTH);
    const address = clientAddress(request);
    const isAddress = isIP(address.replace('/64', '')) !== 0;
    return { device: device === '' ? null : device, address: isAddress ? stored(address) : null };
  };
}
