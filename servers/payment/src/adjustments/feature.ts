import type { Feature, ServiceContext } from '@florin/service';
import type { Config } from '../config.ts';
import { adjustmentInvariants } from './invariants.ts';
import { erasePersonalTexts } from './personal-texts.ts';
import { reviewRoutes } from './review-routes.ts';
import { adjustmentRoutes } from './routes.ts';

export function adjustmentsFeature({ config, db, transact }: ServiceContext<Config>): Feature {
  return {
    name: 'adjustments',
    description: 'Corrections of balances by admins, with a review above a limit',
    endpoints: [...adjustmentRoutes({ db, transact }, config), ...reviewRoutes({ db, transact })],
    // After the wallets' subscription, which locks the wallets of the erased users.
    subscriptions: [{ event: 'user-erased', handle: erasePersonalTexts }],
    invariants: adjustmentInvariants,
  };
}
