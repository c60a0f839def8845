import type { IntlShape } from 'react-intl';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Says how long to wait, rounded up, in the reader's language: `45 seconds`, `3 minutes`, `2 hours`. */
export function waitText(ms: number, intl: Pick<IntlShape, 'formatNumber'>): string {
  const [unit, sizeMs] = unitOf(ms);
  return intl.formatNumber(Math.max(1, Math.ceil(ms / sizeMs)), { style: 'unit', unit, unitDisplay: 'long' });
}

function unitOf(ms: number): [unit: 'second' | 'minute' | 'hour', sizeMs: number] {
  if (ms <= MINUTE_MS) return ['second', 1000];
  return ms <= HOUR_MS ? ['minute', MINUTE_MS] : ['hour', HOUR_MS];
}
