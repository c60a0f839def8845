import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { startInfra } from '../../dev/infra/start-infra.ts';
import { type Collector, startCollector } from '../../dev/observability/start-collector.ts';
import { freezeBuild } from '../../dev/platform/freeze-build.ts';
import { printRun } from './print-run.ts';
import { help, type ProveArguments, readArguments } from './read-arguments.ts';
import { reportPage } from './report-page.ts';
import { runChaos } from './run-chaos.ts';
import { areAllKilled, printMutants, runMutants } from './run-mutants.ts';
import { securePlatform, unsecured } from './secure-platform.ts';

const root = join(import.meta.dirname, '../..');

const stopRequest = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopRequest.abort(signal));

const wanted = readArguments(process.argv.slice(2));
if (wanted.kind === 'help') process.stdout.write(`${help}\n`);
else if (wanted.kind === 'wrong') {
  process.stderr.write(`${wanted.reason}\n\n${help}\n`);
  process.exitCode = 2;
} else {
  try {
    process.exitCode = (await prove(wanted.arguments)) ? 0 : 1;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
  }
  // kafkajs leaves sockets open that would keep the process alive.
  process.exit();
}

async function prove(options: ProveArguments): Promise<boolean> {
  const { seed, minutes, faults, driver, isJson, reportPath } = options;
  const directory = resolve(options.directory ?? join(root, '.florin/prove'));
  const print = (line: string): void => void (isJson ? process.stderr : process.stdout).write(`${line}\n`);
  const securing = options.isSecured ? securePlatform() : unsecured;
  print(`Seed ${seed}, faults ${faults.join(',')}, driver ${driver}${options.isSecured ? ', secured' : ''}`);
  const infra = await startInfra({
    directory,
    isDurable: true,
    hasBrokerProxy: true,
    fresh: true,
    ...(securing.servers && { security: securing.servers }),
    signal: stopRequest.signal,
    onProgress: print,
    onUnexpectedExit: (name) => print(`The ${name} ended unexpectedly`),
  });
  const collector = await startCollector();
  const settings = { KAFKA_DRIVER: driver, ...tracingTo(collector) };
  try {
    if (options.mutants !== undefined) {
      const outcomes = await runMutants({
        infra,
        root,
        directory,
        seed,
        names: options.mutants,
        settings,
        securing,
        signal: stopRequest.signal,
        onProgress: print,
      });
      if (isJson) process.stdout.write(`${JSON.stringify(outcomes)}\n`);
      print(printMutants(outcomes));
      return areAllKilled(outcomes) && !stopRequest.signal.aborted;
    }
    const code = await freezeBuild({ root, directory });
    const run = await runChaos({
      infra,
      code,
      directory,
      name: `prove_${seed}`,
      seed,
      faults,
      durationMs: minutes * 60_000,
      roundMs: 5 * 60_000,
      faultEveryMs: 4_000,
      crashes: { share: 0.5, maxCount: 20 },
      shape: { buyers: 40, operationsPerS: 170, buyersPerAccount: 2, newProductEveryMs: 2_000 },
      stuckAfterMs: 30_000,
      settings,
      securing,
      signal: stopRequest.signal,
      onProgress: print,
    });
    const command = `npm run prove -- --seed ${seed} --minutes ${minutes} --faults ${faults.join(',')} --driver ${driver}${options.isSecured ? ' --secured' : ''}`;
    if (isJson) process.stdout.write(`${JSON.stringify(run)}\n`);
    print(printRun(run, command));
    const traced = collector.requests();
    print(traced > 0 ? `The collector took ${traced} requests with traces` : 'No trace reached the collector: the run fails');
    if (stopRequest.signal.aborted) print(`Interrupted by ${stopRequest.signal.reason}: the last round was not checked.`);
    if (reportPath !== undefined) await writeFile(reportPath, reportPage(run, command));
    return run.findings.length === 0 && traced > 0 && !stopRequest.signal.aborted;
  } finally {
    await collector.stop();
    await infra.stop();
  }
}

/** A tenth of the requests, as in production. */
function tracingTo({ endpoint }: Collector): NodeJS.ProcessEnv {
  return { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_SAMPLER_ARG: '0.1' };
}
