import { runCommandLine } from '../ops/command-line.ts';
import { runPlatform } from './run-platform.ts';

const help = `npm start -- [--fresh] [--no-demo]

Runs Florin on this machine, at http://localhost:8080: database, Kafka, the services, and the gateway with the shop and the
console. Ctrl-C stops everything. With FLORIN_INFRA=compose it runs in containers, at the same address (docs/containers.md).

  --fresh     begin with empty databases and topics (deletes all data)
  --no-demo   make no demo purchase

Settings come from the environment and from .env; .env.example lists them all.

Exit code 0: stopped on request; 1: something did not start, or ended by itself; 2: wrong usage.`;

await runCommandLine({
  help,
  flags: { fresh: { type: 'boolean' }, 'no-demo': { type: 'boolean' } },
  run: ({ values, signal }) => runPlatform({ fresh: values['fresh'] === true, hasDemo: values['no-demo'] !== true, signal }),
});
