import type { FlorinClient } from '@florin/client';
import { Money } from '@florin/ui';
import { Typography } from '@mui/material';
import { useRead } from '../api/use-read.ts';
import { Loading } from '../layout/loading.tsx';
import { ProblemAlert } from '../layout/problem-alert.tsx';
import { Facts, Section } from '../layout/section.tsx';
import { RowTable } from '../list/row-table.tsx';
import { useFlorin } from '../session/use-session.ts';
import { useText } from '../texts/use-text.ts';

/** Explains a decline by the rules and by the wallet at that time. */
export function Decline({ purchaseId, currency }: { purchaseId: string; currency: string }) {
  const text = useText();
  const florin = useFlorin();
  const { data, error, refetch } = useRead(['explanation', purchaseId], (signal) => explain(florin, purchaseId, signal));
  return (
    <Section title={text('order.decline')}>
      {error ? <ProblemAlert error={error} onRetry={() => void refetch()} /> : null}
      {data === undefined && !error && <Loading rows={2} />}
      {data === null && <Typography>{text('decline.none')}</Typography>}
      {data && (
        <>
          {data.facts !== null && (
            <Facts
              facts={[
                [text('decline.asked'), <Money key="asked" minor={data.amountMinor} currency={currency} />],
                [text('decline.balance'), <Money key="balance" minor={data.facts.balanceMinor} currency={currency} />],
                [text('decline.available'), <Money key="available" minor={data.facts.availableMinor} currency={currency} />],
              ]}
            />
          )}
          <RowTable
            label={text('order.decline')}
            rows={data.rules.map((rule) => ({ ...rule, id: rule.rule }))}
            columns={[
              { id: 'rule', label: text('decline.rule'), render: ({ rule }) => rule },
              { id: 'outcome', label: text('decline.outcome'), render: ({ outcome }) => text(`decline.${outcome as 'passed'}`) },
              {
                id: 'allowed',
                label: text('decline.allowed'),
                align: 'end',
                render: ({ allowedMinor }) =>
                  allowedMinor === undefined ? '–' : <Money minor={allowedMinor} currency={currency} />,
              },
            ]}
          />
        </>
      )}
    </Section>
  );
}

/** @returns null if payment keeps no decision about the purchase, as when it timed out */
async function explain(florin: FlorinClient, purchaseId: string, signal: AbortSignal) {
  const { data: payments } = await florin.get('/v1/payments', { params: { query: { purchaseId, limit: 1 } }, signal });
  const id = payments[0]?.id;
  if (id === undefined) return null;
  return (await florin.get('/v1/payments/{id}/explanation', { params: { path: { id } }, signal })).data;
}
