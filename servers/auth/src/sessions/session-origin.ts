import { isIP } from 'node:net';
import { clientAddress } from '@florin/http';
import type { Request } from 'express';

/** Where a session is used: the program, as it calls itself, and the client's address. */
export type SessionOrigin = { device: string | null; address: string | null };

const MAX_DEVICE_LENGTH = 200;
const NOT_PLAIN = /[^\x20-\x7e]+/g;

/** Reads the origin of a request. The client chooses the header `User-Agent`, so only visible ASCII of bounded length is kept. */
export function originOf(request: Request): SessionOrigin {
  const sent = (request.get('user-agent') ?? '').slice(0, MAX_DEVICE_LENGTH * 2);
  const device = sent.replaceAll(NOT_PLAIN, ' ').trim().slice(0, MAX_DEVICE_LENGTH);
  const address = clientAddress(request);
  return { device: device === '' ? null : device, address: isIP(address.replace('/64', '')) === 0 ? null : address };
}
