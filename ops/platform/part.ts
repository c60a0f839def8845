import { sleep } from '@florin/runtime';

/** What one part of the platform answered, or why it did not. Commands for incidents go on without the parts that are down. */
export type Part<Value> = { isThere: true; value: Value } | { isThere: false; fault: string };

/** Reads one part with a time limit of its own. Never rejects. */
export async function readPart<Value>(read: () => Promise<Value>, timeoutMs: number): Promise<Part<Value>> {
  const over = new AbortController();
  const late = sleep(timeoutMs, over.signal).then(
    (): Part<Value> => ({ isThere: false, fault: `no answer within ${timeoutMs} ms` }),
  );
  const answered = read().then(
    (value): Part<Value> => ({ isThere: true, value }),
    (error: unknown): Part<Value> => ({ isThere: false, fault: reasonOf(error) }),
  );
  try {
    return await Promise.race([answered, late]);
  } finally {
    over.abort();
  }
}

/** Returns the value of a part, or a substitute if it is not there. */
export function partOr<Value, Other>(part: Part<Value>, otherwise: Other): Value | Other {
  return part.isThere ? part.value : otherwise;
}

/** Errors of a refused connection have a code and no message. */
function reasonOf(error: unknown): string {
  const { message, code, errors } = error as { message?: string; code?: string; errors?: { message?: string }[] };
  return message || errors?.[0]?.message || code || String(error);
}
