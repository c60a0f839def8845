import { idValue } from './cursor-values.ts';
import type { Keyset } from './keyset.ts';

type RowWithId = { id: Buffer };

/** The order of ids that are made in the order of time. For tables whose key is `id`, in 16 bytes. */
export const newestById: Keyset<RowWithId> = byId('newest', 'desc');
export const oldestById: Keyset<RowWithId> = byId('oldest', 'asc');

function byId(name: string, direction: 'asc' | 'desc'): Keyset<RowWithId> {
  return { name, columns: [{ column: 'id', direction, toSql: idValue }], keyOf: ({ id }) => [textOf(id)] };
}

function textOf(id: Buffer): string {
  return id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
