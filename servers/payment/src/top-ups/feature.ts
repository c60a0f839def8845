import type { Feature, ServiceContext } from '@florin/service';
import type { Config } from '../config.ts';
import { topUpInvariants } from './invariants.ts';
import { topUpRoutes } from './routes.ts';
import { runTopUps, type TopUps } from './run-top-ups.ts';
import type { OpenTopUpProvider } from './top-up-provider.ts';

/** @param openProvider used unless the settings turn top-ups off */
export function topUpsFeature(context: ServiceContext<Config>, openProvider: OpenTopUpProvider): Feature {
  const { config, db } = context;
  const topUps = config.topUpProvider === 'none' ? undefined : runThrough(context, openProvider);
  return {
    name: 'top-ups',
    description: 'Payments into a wallet through a provider',
    endpoints: topUpRoutes({ db, topUps }, config),
    jobs: topUps === undefined ? [] : [topUps],
    invariants: topUpInvariants,
  };
}

function runThrough({ config, transact, logger }: ServiceContext<Config>, openProvider: OpenTopUpProvider): TopUps {
  return runTopUps({
    transact,
    logger,
    openProvider,
    timeoutMs: config.topUpTimeoutMs,
    maxPauseS: config.topUpMaxPauseS,
    everyMs: config.walletSweepMs,
  });
}
