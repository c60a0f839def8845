import { type DataOf, FlorinProblem, newIdempotencyKey } from '@florin/client';
import { useFlorin } from '@florin/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { claimBody } from './claim-draft.ts';

type Message = DataOf<'get', '/v1/claims/{id}/messages'>[number];

const MAX_SHOWN = 100;
const EVERY_MS = 30_000;

export function useClaimsOf(purchaseId: string | undefined) {
  const florin = useFlorin();
  return useQuery({
    queryKey: ['claims', 'of', purchaseId],
    queryFn: async ({ signal }) => {
      const query = { purchaseId: purchaseId ?? '', limit: MAX_SHOWN };
      return (await florin.get('/v1/claims', { params: { query }, signal })).data;
    },
    enabled: purchaseId !== undefined,
  });
}

/** A claim, with its order and messages. Read again by itself while the page is visible: staff answer. */
export function useClaim(id: string) {
  const florin = useFlorin();
  const params = { path: { id } };
  const claim = useQuery({
    queryKey: ['claims', 'one', id],
    queryFn: async ({ signal }) => (await florin.get('/v1/claims/{id}', { params, signal })).data,
    refetchInterval: EVERY_MS,
  });
  const purchaseId = claim.data?.purchaseId;
  const order = useQuery({
    queryKey: ['orders', 'byId', purchaseId],
    queryFn: async ({ signal }) => {
      const path = { id: purchaseId ?? '' };
      return (await florin.get('/v1/purchases/{id}', { params: { path }, signal })).data;
    },
    enabled: purchaseId !== undefined,
  });
  const messages = useQuery({
    queryKey: ['claims', 'messages', id],
    queryFn: async ({ signal }) => {
      const query = { limit: MAX_SHOWN };
      const all: Message[] = [];
      for await (const message of florin.list('/v1/claims/{id}/messages', { params: { ...params, query }, signal }))
        all.push(message);
      return all;
    },
    enabled: claim.data !== undefined,
    refetchInterval: EVERY_MS,
  });
  return { claim, order, messages };
}

/** Opens a claim. The same claim keeps its key, so that a repeated click or a lost answer opens one. */
export function useOpenClaim(purchaseId: string) {
  const florin = useFlorin();
  const queries = useQueryClient();
  const sent = useRef({ text: '', key: '' });
  return useMutation({
    mutationFn: async (body: ReturnType<typeof claimBody>) => {
      const text = JSON.stringify(body);
      if (sent.current.text !== text) sent.current = { text, key: newIdempotencyKey() };
      const params = { path: { id: purchaseId } };
      const send = () => florin.post('/v1/purchases/{id}/claims', { params, body, idempotencyKey: sent.current.key });
      return (await untilPhotosAreKnown(send)).data;
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['claims'] }),
  });
}

const MAX_SENDS = 5;

/** An upload is known to the claims a moment later. Until then a claim with its photo is refused. */
async function untilPhotosAreKnown<T>(send: () => Promise<T>): Promise<T> {
  for (let sends = 1; ; sends++) {
    try {
      return await send();
    } catch (error) {
      if (sends === MAX_SENDS || !(error instanceof FlorinProblem) || error.code !== 'IMAGE_UNKNOWN') throw error;
      const { retryAfterMs = 1_000 } = error;
      await new Promise((resolve) => setTimeout(resolve, retryAfterMs));
    }
  }
}

export function useWithdraw(id: string) {
  const florin = useFlorin();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async () => (await florin.post('/v1/claims/{id}/withdraw', { params: { path: { id } } })).data,
    onSettled: () => queries.invalidateQueries({ queryKey: ['claims'] }),
  });
}

export function useSendMessage(id: string) {
  const florin = useFlorin();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (text: string) =>
      (await florin.post('/v1/claims/{id}/messages', { params: { path: { id } }, body: { text } })).data,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['claims', 'messages', id] }),
  });
}
