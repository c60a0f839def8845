import { newIdempotencyKey, type Purchase } from '@florin/client';
import { useFlorin } from '@florin/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { type Attempt, attemptFor, type CheckoutBody, isResumed, isUnanswered } from './attempt.ts';
import { attemptStore } from './attempt-store.ts';
import { draftStore } from './draft-store.ts';
import { payRefusal } from './pay-refusal.ts';

/** Seconds that the server may take for the decision before it answers. */
const PREFER_WAIT_S = 10;
const ANSWER_MS = 20_000;

/**
 * Pays the cart. Its key is kept in this tab until the answer is known: a reload, a lost answer or a second click never buys twice.
 */
export function usePay(userId: string) {
  const florin = useFlorin();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [isUncertain, setUncertain] = useState(() => interrupted(userId) !== undefined);
  const isSending = useRef(false);
  const { mutate, ...payment } = useMutation({
    mutationFn: async (body: CheckoutBody): Promise<Purchase> => {
      const attempt = attemptFor(attemptStore.read(), { userId, body, newKey: newIdempotencyKey, now: Date.now() });
      attemptStore.write(attempt);
      const { data } = await florin.post('/v1/cart/checkout', {
        body: attempt.body,
        idempotencyKey: attempt.key,
        params: { header: { Prefer: `wait=${PREFER_WAIT_S}` } },
        retry: { maxElapsedMs: ANSWER_MS },
        timeoutMs: ANSWER_MS,
      });
      attemptStore.write({ ...attempt, order: data.number ?? data.id });
      return data;
    },
    onSuccess: async (purchase) => {
      draftStore.clear();
      void navigate(`/orders/${purchase.number ?? purchase.id}`, { replace: true, state: { isNew: true } });
      await queries.invalidateQueries();
    },
    onSettled: () => {
      isSending.current = false;
    },
    onError: async (error) => {
      const { kind } = payRefusal(error);
      if (kind === 'unanswered') return setUncertain(true);
      if (kind === 'later' || kind === 'signedOut') {
        const attempt = attemptStore.read();
        // After a lost answer, such a refusal does not tell whether the first request bought.
        if (attempt !== undefined && !isUncertain) attemptStore.write({ ...attempt, isRefused: true });
        return;
      }
      setUncertain(false);
      attemptStore.clear();
      await queries.invalidateQueries({ queryKey: ['cart'] });
    },
  });
  const pay = useCallback(
    (body: CheckoutBody) => {
      // The second click of a double click arrives before the page shows the first.
      if (isSending.current) return;
      isSending.current = true;
      mutate(body);
    },
    [mutate],
  );
  useEffect(() => {
    const attempt = interrupted(userId);
    if (attempt !== undefined) pay(attempt.body);
  }, [userId, pay]);
  /** `isUncertain`: the shop may have bought or not. */
  return { pay, isUncertain, ...payment };
}

/** The payment that a reload of the page has interrupted, and that goes on by itself. */
function interrupted(userId: string): Attempt | undefined {
  const attempt = attemptStore.read();
  return isUnanswered(attempt, userId) && isResumed(attempt, Date.now()) ? attempt : undefined;
}
