import { Money, Status } from '@florin/ui';
import { Alert, Button } from '@mui/material';
import { useState } from 'react';
import { useRead } from '../api/use-read.ts';
import { useAction } from '../form/use-action.ts';
import { Loading } from '../layout/loading.tsx';
import { Page } from '../layout/page.tsx';
import { ProblemAlert } from '../layout/problem-alert.tsx';
import { Facts, Section } from '../layout/section.tsx';
import { RowTable } from '../list/row-table.tsx';
import { useFlorin } from '../session/use-session.ts';
import { useText } from '../texts/use-text.ts';

const MAX_ACCOUNTS = 100;
/** An audit reads the whole ledger. */
const AUDIT_TIMEOUT_MS = 120_000;

/** The trial balance and the audit of the ledger. */
export function LedgerPage() {
  const text = useText();
  return (
    <Page title={text('ledger.title')}>
      <TrialBalance />
      <Audit />
    </Page>
  );
}

function TrialBalance() {
  const text = useText();
  const florin = useFlorin();
  const { data, error, refetch } = useRead(
    ['ledger', 'accounts'],
    async (signal) => (await florin.get('/v1/ledger/accounts', { params: { query: { limit: MAX_ACCOUNTS } }, signal })).data,
  );
  // Sums beyond what a number holds exactly come as text only.
  const sum = (minor: number | null, text_: string, currency: string) =>
    minor === null ? text_ : <Money minor={minor} currency={currency} />;
  return (
    <Section title={text('ledger.trial')}>
      {error ? <ProblemAlert error={error} onRetry={() => void refetch()} /> : null}
      {data === undefined && !error && <Loading />}
      {data && (
        <>
          <Facts
            facts={data.totals.map(({ currency, isBalanced }) => [
              currency,
              <Status key={currency} tone={isBalanced ? 'good' : 'bad'}>
                {text(isBalanced ? 'ledger.balanced' : 'ledger.unbalanced')}
              </Status>,
            ])}
          />
          <RowTable
            label={text('ledger.trial')}
            rows={data.accounts.map((account) => ({ ...account, id: `${account.account} ${account.currency}` }))}
            columns={[
              { id: 'account', label: text('ledger.account'), render: ({ account }) => account },
              {
                id: 'debit',
                label: text('ledger.debit'),
                align: 'end',
                render: (row) => sum(row.debitMinor, row.debitMinorText, row.currency),
              },
              {
                id: 'credit',
                label: text('ledger.credit'),
                align: 'end',
                render: (row) => sum(row.creditMinor, row.creditMinorText, row.currency),
              },
              {
                id: 'balance',
                label: text('ledger.balance'),
                align: 'end',
                render: (row) => sum(row.balanceMinor, row.balanceMinorText, row.currency),
              },
              { id: 'entries', label: text('ledger.entries'), align: 'end', render: ({ entries }) => entries },
            ]}
          />
        </>
      )}
    </Section>
  );
}

function Audit() {
  const text = useText();
  const florin = useFlorin();
  const audit = useAction(async () => (await florin.get('/v1/ledger/audit', { timeoutMs: AUDIT_TIMEOUT_MS })).data, {
    onDone: (answer) => setFound(answer),
  });
  const [found, setFound] = useState<Awaited<ReturnType<typeof audit.run>>>();
  return (
    <Section
      title={text('ledger.audit')}
      actions={
        <Button variant="outlined" loading={audit.isPending} onClick={() => void audit.run({})}>
          {text('ledger.runAudit')}
        </Button>
      }
    >
      {audit.error !== undefined && <ProblemAlert error={audit.error} />}
      {found && (
        <>
          <Alert severity={found.ok ? 'success' : 'error'} role="status" sx={{ marginBottom: 2 }}>
            {found.ok ? text('ledger.auditOk') : text('ledger.auditBad', { count: found.mismatches.length })}
          </Alert>
          <Facts
            facts={[
              [text('ledger.transfers'), found.transfers],
              [text('ledger.entries'), found.entries],
              [text('ledger.wallets'), found.walletsChecked],
            ]}
          />
          {found.mismatches.length > 0 && (
            <RowTable
              label={text('ledger.audit')}
              rows={found.mismatches.map((mismatch) => ({
                ...mismatch,
                subject: mismatch.id,
                id: `${mismatch.rule} ${mismatch.id}`,
              }))}
              columns={[
                { id: 'rule', label: text('ledger.rule'), render: ({ rule }) => rule },
                { id: 'subject', label: text('ledger.subject'), render: ({ subject }) => subject },
                { id: 'detail', label: text('ledger.detail'), render: ({ detail }) => detail },
              ]}
            />
          )}
        </>
      )}
    </Section>
  );
}
