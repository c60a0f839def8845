import { createHash } from 'node:crypto';

/**
 * Makes the id of a demo thing from its name, so that the seeds of two services agree on it. It is a UUID of version 8 (RFC 9562): a
 * hash in the form of a UUID.
 */
export function demoId(name: string): string {
  const hash = createHash('sha256').update(`florin demo: ${name}`).digest('hex');
  return [hash.slice(0, 8), hash.slice(8, 12), `8${hash.slice(13, 16)}`, `8${hash.slice(17, 20)}`, hash.slice(20, 32)].join('-');
}
