import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { runCommandLine, UsageError, wholeNumber } from '../ops/command-line.ts';
import { type Bench, openBench } from './bench-platform.ts';
import { browse } from './browse.ts';
import { bulk } from './bulk.ts';
import { drivers } from './drivers.ts';
import { fair } from './fair.ts';
import { growth } from './growth.ts';
import { history } from './history.ts';
import { hot } from './hot.ts';
import { latency } from './latency.ts';
import { observed } from './observed.ts';
import { overload } from './overload.ts';
import { printResult } from './print-result.ts';
import { purchase } from './purchase.ts';
import { relay } from './relay.ts';
import { reportPage } from './report-page.ts';
import { scale } from './scale.ts';
import type { Scenario, ScenarioResult } from './scenario.ts';
import { settle } from './settle.ts';
import { shop } from './shop.ts';
import { start } from './start.ts';
import { wallet } from './wallet.ts';

const scenarios: readonly Scenario[] = [
  purchase,
  latency,
  observed,
  settle,
  hot,
  growth,
  relay,
  drivers,
  start,
  overload,
  scale,
  browse,
  bulk,
  history,
  wallet,
  fair,
  shop,
];

const help = `npm run bench -- <scenario> [--rounds N] [--seconds S] [--report out.html] [--json]

Measures the platform on a private, durable database and broker, under load from a separate process.
Variants run in turn within one call, because machines differ from hour to hour: quote the ratios.

${scenarios.map(({ name, summary }) => `  ${name.padEnd(14)} ${summary}`).join('\n')}

  --rounds N     number of measurements of each variant (default 3)
  --seconds S    seconds of each measurement (default 15)
  --report FILE  write an HTML report with plots
  --profile DIR  write the services' processor profiles to DIR (open them in a browser's developer tools)
  --json         print only JSON to stdout

Exit code 0: measured, and the audit found no violation; 1: failed; 2: wrong usage. Missed targets do not change the exit code:
they depend on the machine.`;

await runCommandLine({
  help,
  flags: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '15' },
    report: { type: 'string' },
    profile: { type: 'string' },
  },
  maxPositionals: 1,
  async run({ values, positionals, isJson, progress, signal }) {
    const scenario = chooseScenario(positionals);
    const options = { rounds: wholeNumber('rounds', values['rounds']), seconds: wholeNumber('seconds', values['seconds']) };
    const { profile, report } = values;
    const bench = await openBench({
      signal,
      onProgress: progress,
      profileDirectory: typeof profile === 'string' ? resolve(profile) : undefined,
    });
    try {
      const conditions = conditionsOf(bench);
      progress(conditions);
      const result: ScenarioResult = await scenario.run(bench, options);
      const command = `npm run bench -- ${scenario.name} --rounds ${options.rounds} --seconds ${options.seconds}`;
      if (isJson) process.stdout.write(`${JSON.stringify({ scenario: scenario.name, command, conditions, ...result })}\n`);
      else progress(printResult(result));
      if (typeof report === 'string') await writeFile(report, reportPage({ scenario, command, conditions, result }));
      return 0;
    } finally {
      await bench.stop();
    }
  },
});
// kafkajs leaves sockets open that would keep the process alive.
process.exit();

function chooseScenario([name]: readonly string[]): Scenario {
  const scenario = scenarios.find((one) => one.name === name);
  if (scenario === undefined) throw new UsageError(`Name one scenario: ${scenarios.map((one) => one.name).join(', ')}.`);
  return scenario;
}

function conditionsOf({ infra }: Bench): string {
  const [first] = cpus();
  return `${cpus().length} cores (${first?.model.trim() ?? 'unknown'}), Node ${process.version}, ${infra.databaseVersion} (innodb_flush_log_at_trx_commit=1, no binary log), Kafka (acks=-1, one replica)`;
}
