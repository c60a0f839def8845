import { runCommandLine, UsageError } from '../ops/command-line.ts';
import { runPlatform } from './run-platform.ts';

const help = `npm run dev -- [--fresh] [--no-demo] [--inspect]

Runs Florin as npm start does, with the services from their sources: a service starts again when one of its files, or one of a
package that it uses, is saved. A file that does not load is reported in the service's log, and the next save tries again. New
migrations, topics and demo data need another start. The database and Kafka go on all the while.

  --fresh     begin with empty databases and topics (everything that was kept is deleted)
  --no-demo   make no demo purchase
  --inspect   listen for a debugger on 127.0.0.1: auth on port 9229, product on 9230, payment on 9231

Exit code 0: stopped as asked; 1: something could not start, or ended by itself; 2: wrong usage.`;

await runCommandLine({
  help,
  flags: { fresh: { type: 'boolean' }, 'no-demo': { type: 'boolean' }, inspect: { type: 'boolean' } },
  run({ values, signal }) {
    if (process.env['FLORIN_INFRA'] === 'compose')
      throw new UsageError('Services in containers run from an image: use npm start.');
    return runPlatform({
      fresh: values['fresh'] === true,
      hasDemo: values['no-demo'] !== true,
      watch: { isInspected: values['inspect'] === true },
      hint: 'A service starts again when its sources are saved.',
      signal,
    });
  },
});
