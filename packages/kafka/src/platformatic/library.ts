import { createRequire } from 'node:module';

const load = createRequire(import.meta.url);

/**
 * Loads the client library on first use. Loading takes more than half a second and 58 MB, which services with another driver
 * save. An import at the top would load it always.
 */
export function library(): typeof import('@platformatic/kafka') {
  return load('@platformatic/kafka') as typeof import('@platformatic/kafka');
}
