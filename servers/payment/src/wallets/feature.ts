import type { Feature, ServiceContext } from '@florin/service';
import type { Config } from '../config.ts';
import { walletAdminRoutes } from './admin-routes.ts';
import { freezeWallets } from './freeze-wallets.ts';
import { walletInvariants } from './invariants.ts';
import { openWallets } from './open-wallets.ts';
import { walletRoutes } from './routes.ts';

export function walletsFeature({ config, db, transact }: ServiceContext<Config>): Feature {
  return {
    name: 'wallets',
    description: 'Wallets: balances, entries and limits',
    endpoints: [...walletRoutes(db, config), ...walletAdminRoutes(transact, config)],
    subscriptions: [
      { event: 'user-registered', handle: (trx, events) => openWallets(trx, events, config) },
      { event: 'user-erased', handle: freezeWallets },
    ],
    invariants: walletInvariants,
  };
}
