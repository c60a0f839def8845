/** How many there are; `hasMore` when the page that was read does not have them all. */
export type Count = { count: number; hasMore: boolean };
type List<T> = { data: readonly T[]; page: { nextCursor: string | null } };

export async function countOf(list: Promise<List<unknown>>): Promise<Count> {
  const { data, page } = await list;
  return { count: data.length, hasMore: page.nextCursor !== null };
}

/** A refund is stuck if payment has not answered for so long: product asks again after 30 s, and backs off to 10 minutes. */
const STUCK_AFTER_MS = 10 * 60_000;

/** @param now milliseconds */
export function stuckRefunds({ data, page }: List<{ createdAt: string }>, now: number): Count {
  const stuck = data.filter(({ createdAt }) => now - Date.parse(createdAt) > STUCK_AFTER_MS);
  return { count: stuck.length, hasMore: page.nextCursor !== null && stuck.length === data.length };
}
