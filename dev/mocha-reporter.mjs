import { mkdirSync, writeFileSync } from 'node:fs';
import Mocha from 'mocha';

const { Spec, XUnit } = Mocha.reporters;

/**
 * Mocha's own Spec for people and XUnit for the pipeline, the counts in one line for whoever reads only that, and what failed in a
 * file of its own, which is shown again below the long table of coverage.
 */
// biome-ignore lint/style/noDefaultExport: Mocha asks for one
export default class FlorinReporter {
  constructor(runner, options) {
    mkdirSync('reports', { recursive: true });
    this.spec = new Spec(runner, options);
    const { FLORIN_TEST_SUITE: suite } = process.env;
    const output = suite ? `reports/tests-${suite}.xml` : 'reports/tests.xml';
    this.xunit = new XUnit(runner, { ...options, reporterOptions: { output, suiteName: suite ?? 'Florin' } });
    const failed = [];
    runner.on('fail', (test, error) => {
      failed.push(`${test.fullTitle()}\n${error.stack ?? error}\n`);
    });
    runner.once('end', () => {
      const { passes = 0, failures = 0, pending = 0 } = runner.stats ?? {};
      const skipped = pending > 0 ? `, ${pending} skipped` : '';
      writeFileSync('reports/tests.txt', `${passes} passed, ${failures} failed${skipped}\n`);
      writeFileSync('reports/failed.txt', failed.join('\n'));
    });
  }

  done(failures, finish) {
    this.xunit.done(failures, finish);
  }
}
