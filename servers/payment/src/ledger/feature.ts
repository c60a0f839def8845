import type { Invariant } from '@florin/invariants';
import type { Feature, ServiceContext } from '@florin/service';
import type { Config } from '../config.ts';
import { snapshotInvariant } from './check-snapshots.ts';
import { ledgerInvariants } from './invariants.ts';
import { ledgerSum } from './ledger-sum.ts';
import { createMoneyMoved, setMoneyMoved } from './money-moved.ts';
import { ledgerRoutes } from './routes.ts';
import { createSnapshotJob } from './snapshot-job.ts';

type Invariants = {
  /** Those that the HTTP audit checks: of all features. */
  audited: readonly Invariant[];
  /** Those that concern tables of several features. */
  spanning: readonly Invariant[];
};

export function ledgerFeature(context: ServiceContext<Config>, { audited, spanning }: Invariants): Feature {
  const { config, db, logger, metrics } = context;
  const moneyMoved = createMoneyMoved(config.currency);
  setMoneyMoved(db, moneyMoved);
  return {
    name: 'ledger',
    description: 'The audit of the double-entry ledger, and its trial balance',
    endpoints: ledgerRoutes(db, audited),
    jobs: [createSnapshotJob({ db, logger, metrics, everyMs: config.ledgerPeriodS * 1000 })],
    invariants: [...ledgerInvariants, snapshotInvariant, ledgerSum, ...spanning],
    metrics: [moneyMoved],
  };
}
