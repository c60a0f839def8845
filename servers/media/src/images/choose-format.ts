import type { DerivedFormat } from './image-sizes.ts';

/** The smallest first. */
const PREFERRED = ['avif', 'webp', 'jpeg'] as const satisfies readonly DerivedFormat[];

/**
 * Chooses the format of an answer by `Accept` (RFC 9110, section 12.5.1): the one with the highest weight among AVIF, WebP and JPEG
 * that the header names, at equal weights the smallest. A wildcard promises nothing about newer formats, so without a name it is JPEG,
 * which everything shows. Pure.
 */
export function chooseFormat(accept: string | undefined): DerivedFormat {
  const weights = new Map((accept ?? '').split(',').map(readRange));
  const named = PREFERRED.filter((format) => (weights.get(`image/${format}`) ?? 0) > 0);
  const most = Math.max(...named.map((format) => weights.get(`image/${format}`) ?? 0));
  return named.find((format) => weights.get(`image/${format}`) === most) ?? 'jpeg';
}

function readRange(range: string): [type: string, weight: number] {
  const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => parameter.startsWith('q='));
  const value = weight === undefined ? 1 : Number(weight.slice(2));
  return [type, Number.isFinite(value) ? value : 0];
}
