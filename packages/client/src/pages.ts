import type { UntypedAnswer, UntypedCall, UntypedInit } from './caller.ts';

type Page = { limit: number; nextCursor: string | null };

/**
 * Reads the pages of a list one after the other, each when it is asked for.
 *
 * @throws Error if the server sends the same cursor twice in a row: the list would never end
 */
export async function* pagesOf(call: UntypedCall, path: string, init: UntypedInit = {}): AsyncGenerator<UntypedAnswer, void> {
  let cursor: unknown = init.params?.query?.['cursor'];
  for (;;) {
    const query = { ...init.params?.query, ...(cursor === undefined ? {} : { cursor }) };
    const answer = await call('get', path, { ...init, params: { ...init.params, query } });
    yield answer;
    const { nextCursor } = answer.page as Page;
    if (nextCursor === null) return;
    if (nextCursor === cursor) throw new Error(`GET ${path} answered with the cursor that it was asked for`);
    cursor = nextCursor;
  }
}

/** Reads the items of a list, page by page. */
export async function* itemsOf(call: UntypedCall, path: string, init?: UntypedInit): AsyncGenerator<unknown, void> {
  for await (const { data } of pagesOf(call, path, init)) yield* data as unknown[];
}
