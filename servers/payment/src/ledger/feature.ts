import type { Invariant } from '@florin/invariants';
import type { Feature, ServiceContext } from '@florin/service';
import type { Config } from '../config.ts';
import { snapshotInvariant } from './check-snapshots.ts';
import { ledgerInvariants } from './invariants.ts';
import { ledgerRoutes } from './routes.ts';
import { createSnapshotJob } from './snapshot-job.ts';

/** @param audited the invariants that the HTTP audit checks: those of all features */
export function ledgerFeature(context: ServiceContext<Config>, audited: readonly Invariant[]): Feature {
  const { config, db, logger, metrics } = context;
  return {
    name: 'ledger',
    description: 'The audit of the double-entry ledger, and its trial balance',
    endpoints: ledgerRoutes(db, audited),
    jobs: [createSnapshotJob({ db, logger, metrics, everyMs: config.ledgerPeriodS * 1000 })],
    invariants: [...ledgerInvariants, snapshotInvariant],
  };
}
