import assert from 'node:assert/strict';
import type { Endpoint } from './endpoint.ts';

/**
 * The endpoints of each path. Where two paths match one request, that with the fixed text goes before that with the parameter:
 * `/v1/products/export` before `/v1/products/:id`, in whatever order the endpoints are listed.
 *
 * @throws AssertionError when two endpoints have one method and path, or two paths differ in a parameter's name only
 */
export function byPath(endpoints: readonly Endpoint[]): [path: string, endpoints: Endpoint[]][] {
  const paths = new Map<string, Endpoint[]>();
  for (const endpoint of endpoints) {
    const known = paths.get(endpoint.path) ?? [];
    assert(!known.some(({ method }) => method === endpoint.method), `${endpoint.method} ${endpoint.path} is there twice`);
    paths.set(endpoint.path, [...known, endpoint]);
  }
  const sorted = [...paths].map(([path, ofPath]) => ({ path, ofPath, order: orderOf(path) })).sort(byOrder);
  sorted.forEach(({ path, order }, index) => {
    assert(sorted[index + 1]?.order !== order, `${path} and ${sorted[index + 1]?.path} match the same requests`);
  });
  return sorted.map(({ path, ofPath }) => [path, ofPath]);
}

/** A parameter sorts behind every text. */
function orderOf(path: string): string {
  return path.replaceAll(/:\w+/g, '\u{10ffff}');
}

function byOrder(a: { order: string }, b: { order: string }): number {
  return a.order < b.order ? -1 : 1;
}
