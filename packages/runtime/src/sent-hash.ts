import { hash } from 'node:crypto';
import { isId } from '@florin/database';

type Fields = Readonly<Record<string, unknown>>;

/** A request as it was sent: parsed, but not validated, and before any default is filled in. */
export type SentRequest = { params: Fields; query: Fields; body: Fields };

/** Deeper than any body that an endpoint takes; one that is deeper was never accepted. */
const MAX_DEPTH = 16;
const ID_LENGTH = 36;

/**
 * Hashes what was sent: the path with its parameters, the query and the body. The order of fields does not count, nor the case of
 * ids, nor the case of the path and the query.
 *
 * @param path the endpoint's path as it is declared: `/v1/wallets/:userId/holds`
 * @param options `unordered`: fields of the body that are lists whose order does not count
 * @returns 32 bytes; undefined where the body is nested deeper than any endpoint takes
 */
export function sentHash(
  path: string,
  { params, query, body }: SentRequest,
  options: { unordered?: readonly string[] | undefined } = {},
): Buffer | undefined {
  const texts = [canonicalText([path, params, query]), canonicalText(withSortedLists(body, options.unordered ?? []))];
  const [address, content] = texts;
  if (address === undefined || content === undefined) return undefined;
  return hash('sha256', `${address.toLowerCase()}\n${content}`, 'buffer');
}

/** A list is sorted by the canonical text of its items: an order that needs to know nothing of them. */
function withSortedLists(body: Fields, names: readonly string[]): Fields {
  const sorted = names.flatMap((name) => {
    const list = body[name];
    const texts = Array.isArray(list) ? list.map((item: unknown) => canonicalText(item)) : [undefined];
    return texts.includes(undefined) ? [] : [[name, texts.sort(byText)]];
  });
  return sorted.length === 0 ? body : { ...body, ...(Object.fromEntries(sorted) as Fields) };
}

function byText(a: string | undefined, b: string | undefined): number {
  return (a ?? '') < (b ?? '') ? -1 : 1;
}

/** JSON with sorted keys and ids in lower case; undefined where the value is nested too deep. */
function canonicalText(value: unknown): string | undefined {
  try {
    return textOf(value, MAX_DEPTH);
  } catch (error) {
    if (error instanceof TooDeep) return undefined;
    throw error;
  }
}

class TooDeep extends Error {}

function textOf(value: unknown, depth: number): string {
  if (depth === 0) throw new TooDeep();
  if (typeof value === 'string') return JSON.stringify(value.length === ID_LENGTH && isId(value) ? value.toLowerCase() : value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  if (Array.isArray(value)) return `[${value.map((item: unknown) => textOf(item, depth - 1)).join(',')}]`;
  const fields = value as Fields;
  let text = '';
  for (const name of Object.keys(fields).sort())
    text += `${text && ','}${JSON.stringify(name)}:${textOf(fields[name], depth - 1)}`;
  return `{${text}}`;
}
