import { isIP } from 'node:net';
import { clientAddress, hashAddresses } from '@florin/http';
import type { Request } from 'express';

/** Where a session is used: the program, as it calls itself, and the client's address or its hash. */
export type SessionOrigin = { device: string | null; address: string | null };

export type ReadOrigin = (request: Request) => SessionOrigin;

/** `hashed`: equal addresses can be recognised, and the address cannot be read. */
export type AddressStorage = 'plain' | 'hashed';

const MAX_DEVICE_LENGTH = 200;
const NOT_PLAIN = /[^\x20-\x7e]+/g;

/**
 * Reads the origin of a request. The client chooses the header `User-Agent`, so only visible ASCII of bounded length is kept.
 */
export function createOriginReader(storage: AddressStorage, key: Buffer): ReadOrigin {
  const stored = storage === 'plain' ? (address: string) => address : hashAddresses(key, 'florin-session-addresses');
  return (request) => {
    const sent = (request.get('user-agent') ?? '').slice(0, MAX_DEVICE_LENGTH * 2);
    const device = sent.replaceAll(NOT_PLAIN, ' ').trim().slice(0, MAX_DEVICE_LENGTH);
    const address = clientAddress(request);
    const isAddress = isIP(address.replace('/64', '')) !== 0;
    return { device: device === '' ? null : device, address: isAddress ? stored(address) : null };
  };
}
