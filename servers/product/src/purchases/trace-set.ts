import { newId } from '@florin/database';
import { errorTypeOf, runInContext, type Tracer } from '@florin/runtime';
import type { PurchaseRequest } from './purchase-request.ts';

/**
 * Runs the work of a set of requests in a span of its own trace, which holds the statements. The span of each request is linked to
 * it. There is none if no request's trace is sampled.
 */
export async function tracingSet<T>(
  tracer: Tracer | undefined,
  requests: readonly PurchaseRequest[],
  work: () => Promise<T>,
): Promise<T> {
  if (tracer === undefined) return work();
  const span = requests.some((request) => request.span !== undefined)
    ? tracer.start('accept purchases', {
        kind: 'internal',
        isRecorded: true,
        attributes: { 'florin.batch.size': requests.length },
      })
    : undefined;
  if (span !== undefined) for (const request of requests) request.span?.link(span);
  // Without a span too: the batcher runs a set in the context of one of its requests, whose span must not get the statements.
  return runInContext({ requestId: newId(), span }, async () => {
    try {
      const result = await work();
      span?.end();
      return result;
    } catch (error) {
      span?.end({ errorType: errorTypeOf(error) });
      throw error;
    }
  });
}
