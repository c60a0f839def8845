import type { AddressLogging } from '@florin/runtime';
import { hashAddresses } from './hash-addresses.ts';

/** Returns how client addresses stand in log lines; undefined: not at all. */
export function addressForLog(mode: AddressLogging, key: string | Buffer): (address: string) => string | undefined {
  if (mode === 'off') return () => undefined;
  return mode === 'plain' ? (address) => address : hashAddresses(key, 'florin-log-addresses');
}
