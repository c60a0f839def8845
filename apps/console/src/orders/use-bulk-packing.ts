import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Purchase } from '../api/resources.ts';
import { useProblemText } from '../layout/use-problem-text.ts';
import { useFlorin } from '../session/use-session.ts';
import { useText } from '../texts/use-text.ts';
import { numberOf } from './order-link.tsx';
import type { RowResult } from './row-results.ts';

type Shipment = { purchase: Purchase; trackingCode: string };

/** Ships or takes many orders. One that fails does not stop the others. */
export function useBulkPacking() {
  const florin = useFlorin();
  const text = useText();
  const problemText = useProblemText();
  const queries = useQueryClient();
  const [isPending, setIsPending] = useState(false);
  const [results, setResults] = useState<readonly RowResult[]>([]);

  const running = async (work: () => Promise<readonly RowResult[]>): Promise<readonly RowResult[]> => {
    setIsPending(true);
    try {
      const found = await work();
      setResults(found);
      return found;
    } finally {
      setIsPending(false);
      void queries.invalidateQueries();
    }
  };
  const failed = ({ purchase, error }: { purchase: Purchase; error: unknown }): RowResult => ({
    id: purchase.id,
    label: numberOf(purchase),
    isDone: false,
    text: text('packing.failed', { reason: problemText(error) }),
  });

  const shipAll = async (shipments: readonly Shipment[]): Promise<readonly RowResult[]> => {
    const body = {
      shipments: shipments.map(({ purchase: { id }, trackingCode }) => ({
        purchaseId: id,
        ...(trackingCode.trim() !== '' && { trackingCode: trackingCode.trim() }),
      })),
    };
    try {
      const { data } = await florin.post('/v1/purchases/ship:batch', { body });
      return data.map(({ purchaseId, outcome, code, detail }) => {
        const purchase = shipments.find(({ purchase: { id } }) => id === purchaseId)?.purchase ?? { id: purchaseId };
        const reason = detail ?? code ?? '';
        const said = { shipped: text('packing.shipped'), unchanged: text('packing.unchanged') }[outcome as 'shipped'];
        return {
          id: purchaseId,
          label: numberOf(purchase),
          isDone: said !== undefined,
          text: said ?? text('packing.rejected', { reason }),
        };
      });
    } catch (error) {
      return shipments.map(({ purchase }) => failed({ purchase, error }));
    }
  };
  const claimOne = async (purchase: Purchase): Promise<RowResult> => {
    try {
      await florin.post('/v1/purchases/{id}/claim-packing', { params: { path: { id: purchase.id } } });
      return { id: purchase.id, label: numberOf(purchase), isDone: true, text: text('packing.claimed') };
    } catch (error) {
      return failed({ purchase, error });
    }
  };
  /** One after the other: a page has 25 rows at most, and each is one short write. */
  const claimAll = async (purchases: readonly Purchase[]): Promise<readonly RowResult[]> => {
    const found: RowResult[] = [];
    for (const purchase of purchases) found.push(await claimOne(purchase));
    return found;
  };
  return {
    isPending,
    results,
    clear: () => setResults([]),
    ship: (shipments: readonly Shipment[]) => running(() => shipAll(shipments)),
    claim: (purchases: readonly Purchase[]) => running(() => claimAll(purchases)),
  };
}
