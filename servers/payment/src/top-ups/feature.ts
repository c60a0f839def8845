import { createStateGauge } from '@florin/runtime';
import type { Feature, ServiceContext } from '@florin/service';
import type { Config } from '../config.ts';
import { topUpInvariants } from './invariants.ts';
import { topUpRoutes } from './routes.ts';
import { runTopUps, type TopUps } from './run-top-ups.ts';
import type { OpenTopUpProvider } from './top-up-provider.ts';

/** @param openProvider used unless the settings turn top-ups off */
export function topUpsFeature(context: ServiceContext<Config>, openProvider: OpenTopUpProvider): Feature {
  const { config, db, logger, metrics, switches } = context;
  const stop = switches.define('stop-top-ups', 'New top-ups get 503 TOP_UPS_UNAVAILABLE. Those under way are finished');
  const states = createStateGauge({
    db,
    logger,
    metrics,
    name: 'florin_top_ups',
    help: 'Top-ups by state',
    job: 'count-top-ups',
    table: 'top_ups',
    states: [
      { state: 'pending', where: "status = 'pending'", index: 'top_ups_due', along: 'next_attempt_at' },
      { state: 'settled', where: "status = 'settled' AND next_attempt_at IS NULL", index: 'top_ups_due' },
      { state: 'failed', where: "status = 'failed' AND next_attempt_at IS NULL", index: 'top_ups_due' },
    ],
  });
  const topUps = config.topUpProvider === 'none' ? undefined : runThrough(context, openProvider);
  return {
    name: 'top-ups',
    description: 'Payments into a wallet through a provider',
    endpoints: topUpRoutes({ db, topUps, areStopped: stop.isOn }, config),
    jobs: topUps === undefined ? [states.job] : [topUps, states.job],
    invariants: topUpInvariants,
    metrics: [states.metric],
  };
}

function runThrough({ config, transact, logger, metrics }: ServiceContext<Config>, openProvider: OpenTopUpProvider): TopUps {
  return runTopUps({
    transact,
    logger,
    metrics,
    openProvider,
    timeoutMs: config.topUpTimeoutMs,
    maxPauseS: config.topUpMaxPauseS,
    everyMs: config.walletSweepMs,
  });
}
