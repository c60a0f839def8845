import assert from 'node:assert/strict';
import type { Endpoint } from './endpoint.ts';
import { fillPath } from './path-pattern.ts';

/**
 * Groups endpoints by path. If two paths match the same request, fixed text precedes a parameter, whatever the order of the
 * endpoints: `/v1/products/export` before `/v1/products/:id`.
 *
 * @throws AssertionError if two endpoints have the same method and path, or two paths differ only in the name of a parameter
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

/** Replaces parameters by a character that sorts after all text. */
function orderOf(path: string): string {
  return fillPath(path, () => '\u{10ffff}');
}

function byOrder(a: { order: string }, b: { order: string }): number {
  return a.order < b.order ? -1 : 1;
}
