import { createHash } from 'node:crypto';

/**
 * Returns the `Content-Security-Policy` (CSP Level 3) of a page that loads and runs nothing. Its style is allowed by its hash.
 *
 * @param style the whole text of the page's `<style>`
 */
export function pagePolicy(style: string): string {
  const hash = createHash('sha256').update(style).digest('base64');
  return `default-src 'none'; style-src 'sha256-${hash}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`;
}
