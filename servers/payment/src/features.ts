import type { ServiceDefinition } from '@florin/service';
import { adjustmentsFeature } from './adjustments/feature.ts';
import { type Config, readConfig } from './config.ts';
import { holdsFeature } from './holds/feature.ts';
import { invariants, spanningInvariants } from './invariants.ts';
import { ledgerFeature } from './ledger/feature.ts';
import { paymentsFeature } from './payments/feature.ts';
import { rights } from './rights.ts';
import { statementsFeature } from './statements/feature.ts';
import { topUpsFeature } from './top-ups/feature.ts';
import { type OpenTopUpProvider, openSandboxProvider } from './top-ups/index.ts';
import { walletsFeature } from './wallets/feature.ts';

/** Payment, with its top-ups through a provider. */
export function paymentThrough(openTopUpProvider: OpenTopUpProvider): ServiceDefinition<Config> {
  return {
    name: 'payment',
    readConfig,
    rights,
    features: (context) => [
      walletsFeature(context),
      adjustmentsFeature(context),
      holdsFeature(context),
      topUpsFeature(context, openTopUpProvider),
      statementsFeature(context),
      paymentsFeature(context),
      ledgerFeature(context, { audited: invariants, spanning: spanningInvariants }),
    ],
  };
}

export const payment = paymentThrough(openSandboxProvider());
