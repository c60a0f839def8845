// Loaded by Mocha (.mocharc.json) and by the workers of npm test: fails a test or hook during which a service gave an answer that
// differs from its OpenAPI document, and sets Chai.
import { config } from 'chai';
import Mocha from 'mocha';

// A failure shows whole values: `expected [ Array(1) ]` does not say what the array has.
config.truncateThreshold = 0;

const ANSWER_FAULTS = Symbol.for('florin.answer-faults');
const shared = globalThis as { [ANSWER_FAULTS]?: string[] };

if (shared[ANSWER_FAULTS] === undefined) {
  const faults: string[] = [];
  shared[ANSWER_FAULTS] = faults;
  // Not a hook: a hook that fails ends its suite.
  const prototype = Mocha.Runnable.prototype as unknown as { run(done: (error?: unknown) => void): void };
  const { run } = prototype;
  prototype.run = function (done) {
    run.call(this, (error) => {
      const found = faults.splice(0);
      done(error ?? (found.length === 0 ? undefined : new Error([...new Set(found)].join('\n'))));
    });
  };
}
