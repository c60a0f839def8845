// Not imported from the index, because the tests wait for each child to load.
import { createLogger } from '../src/logger.ts';
import { runProcess } from '../src/run-process.ts';
import { sleep } from '../src/sleep.ts';

/** A process for the tests of runProcess; BEHAVIOUR chooses what it does. */
const { BEHAVIOUR = '' } = process.env;
const logger = createLogger({ service: 'child', level: 'info' });
const say = (what: string): unknown => logger.info(what);
let alive: NodeJS.Timeout | undefined;

await runProcess(
  {
    async start() {
      if (BEHAVIOUR === 'cannot start') throw new Error('no database');
      if (BEHAVIOUR !== 'hangs with nothing to do') alive = setInterval(() => {}, 1_000);
      else process.stdin.resume();
      say('started');
      if (BEHAVIOUR === 'throws later') setTimeout(() => throwUp(), 10);
      if (BEHAVIOUR === 'rejects later') void Promise.reject(new Error('nobody caught this'));
    },
    async stop() {
      say('stop: http');
      if (BEHAVIOUR === 'throws while stopping') throw new Error('cannot stop');
      if (BEHAVIOUR === 'rejects while stopping') void Promise.reject(new Error('nobody caught this'));
      if (BEHAVIOUR === 'hangs while stopping') await new Promise(() => {});
      if (BEHAVIOUR === 'hangs with nothing to do') {
        process.stdin.destroy();
        await new Promise(() => {});
      }
      await sleep(50);
      say('stop: database');
      clearInterval(alive);
    },
  },
  { logger, stopTimeoutMs: 300, warnings: BEHAVIOUR === 'is warned' ? ['an old name'] : [] },
);

function throwUp(): never {
  throw new Error('nobody caught this');
}
