import { runCommandLine, UsageError } from '../ops/command-line.ts';
import { runPlatform } from './run-platform.ts';

const help = `npm run dev -- [--fresh] [--no-demo] [--inspect]

Runs Florin as npm start does, with the services from their sources: a service restarts when a file of it, or of a package that
it uses, is saved, and an app is built again: reload its page. Their logs report a file that does not load, and the next save tries
again. New migrations, topics and demo data need a new start. The database, Kafka and the gateway keep running.

  --fresh     begin with empty databases and topics (deletes all data)
  --no-demo   make no demo purchase
  --inspect   listen for a debugger on 127.0.0.1: auth on port 9229, product on 9230, payment on 9231

Exit code 0: stopped on request; 1: something did not start, or ended by itself; 2: wrong usage.`;

await runCommandLine({
  help,
  flags: { fresh: { type: 'boolean' }, 'no-demo': { type: 'boolean' }, inspect: { type: 'boolean' } },
  run({ values, signal }) {
    if (process.env['FLORIN_INFRA'] === 'compose') throw new UsageError('Containers run services from an image: use npm start.');
    return runPlatform({
      fresh: values['fresh'] === true,
      hasDemo: values['no-demo'] !== true,
      watch: { isInspected: values['inspect'] === true },
      hint: 'A service restarts, and an app is built again, when its sources are saved.',
      signal,
    });
  },
});
