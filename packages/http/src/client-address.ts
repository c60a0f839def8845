import { isIPv6 } from 'node:net';
import type { Request } from 'express';

/**
 * Returns the key for limits of requests without a token (`addressKey`). Behind proxies it is the address that the outermost
 * trusted proxy saw.
 */
export function clientAddress(request: Pick<Request, 'ip'>): string {
  return addressKey(request.ip);
}

/**
 * Returns the key under which an address is counted: the IPv4 address, or the /64 network of an IPv6 address, because one client
 * usually controls a whole /64 network.
 */
export function addressKey(ip = ''): string {
  const address = ip.split('%')[0] ?? '';
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  return isIPv6(address) ? `${networkOf(address)}::/64` : address;
}

function networkOf(address: string): string {
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - last.length);
  return [...groups, ...Array<string>(zeros).fill('0'), ...last]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
