import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { runCommandLine, UsageError, wholeNumber } from '../ops/command-line.ts';
import { type Bench, openBench } from './bench-platform.ts';
import { browse } from './browse.ts';
import { bulk } from './bulk.ts';
import { growth } from './growth.ts';
import { history } from './history.ts';
import { hot } from './hot.ts';
import { overload } from './overload.ts';
import { printResult } from './print-result.ts';
import { purchase } from './purchase.ts';
import { relay } from './relay.ts';
import { reportPage } from './report-page.ts';
import { scale } from './scale.ts';
import type { Scenario, ScenarioResult } from './scenario.ts';
import { settle } from './settle.ts';
import { start } from './start.ts';
import { wallet } from './wallet.ts';

const scenarios: readonly Scenario[] = [
  purchase,
  settle,
  hot,
  growth,
  relay,
  start,
  overload,
  scale,
  browse,
  bulk,
  history,
  wallet,
];

const help = `npm run bench -- <scenario> [--rounds N] [--seconds S] [--report out.html] [--json]

Measures the platform on a database and a broker of its own, both with the durable settings, under load from another process.
What is compared runs in turn within one call, since machines differ from one hour to the next: quote the ratios.

${scenarios.map(({ name, summary }) => `  ${name.padEnd(14)} ${summary}`).join('\n')}

  --rounds N     how often each variant is measured (3)
  --seconds S    how long each time (15)
  --report FILE  write the figures as a page of its own, with plots
  --profile DIR  have the services leave processor profiles there (open them in a browser's developer tools)
  --json         only JSON on stdout

Exit code 0: measured, and the audit found the ledger in order; 1: it could not be; 2: wrong usage. Bars that are not met do not
change the exit code: how fast a machine is is no fault.`;

await runCommandLine({
  help,
  flags: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '15' },
    report: { type: 'string' },
    profile: { type: 'string' },
  },
  mostPositionals: 1,
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
// Sockets that kafkajs forgets to close would keep the process.
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
