import { hash } from 'node:crypto';
import { isId } from '@florin/database';

type Fields = Readonly<Record<string, unknown>>;

/** A request as it was sent: parsed, but not validated, without defaults. */
export type SentRequest = { params: Fields; query: Fields; body: Fields };

/** Deeper than the body of any endpoint: no accepted request is deeper. */
const MAX_DEPTH = 16;
const ID_LENGTH = 36;

/**
 * Hashes a request as it was sent: path with parameters, query and body. The order of fields, the case of ids, and the case of
 * path and query do not matter.
 *
 * @param path the declared path of the endpoint: `/v1/wallets/:userId/holds`
 * @param options `unordered`: names of list fields in the body whose order does not matter
 * @returns 32 bytes (SHA-256); undefined if the body is nested deeper than that of any endpoint
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

/** Sorts lists by the canonical text of their items, which works for items of any shape. */
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

/** Writes JSON with sorted keys and lower-case ids. Undefined if the value is nested too deeply. */
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
  if (typeof value === 'string')
    return value.length === ID_LENGTH && isId(value) ? `"${value.toLowerCase()}"` : JSON.stringify(value);
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  if (Array.isArray(value)) return `[${value.map((item: unknown) => textOf(item, depth - 1)).join(',')}]`;
  const fields = value as Fields;
  let text = '';
  for (const name of Object.keys(fields).sort())
    text += `${text && ','}${JSON.stringify(name)}:${textOf(fields[name], depth - 1)}`;
  return `{${text}}`;
}
