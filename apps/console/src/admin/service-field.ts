import { services } from '../api/resources.ts';
import type { FilterField } from '../list/filter-bar.tsx';

/** Chooses the service that a page shows; each has its own dead letters and audit log. */
export function serviceField(label: string): FilterField {
  const [first, ...others] = services;
  return { name: 'service', label, type: 'select', none: first, options: others.map((value) => ({ value, label: value })) };
}
