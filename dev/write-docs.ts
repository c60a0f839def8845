import { writeFileSync } from 'node:fs';
import { runCommandLine } from '../ops/command-line.ts';
import { envExample } from './env-example.ts';
import { writeSchemaDocs } from './schema-docs.ts';
import { writeEventDocs } from './write-event-docs.ts';

const help = `npm run docs

Writes what comes from code and is committed: .env.example, docs/events.md, the snapshot of the events' schemas, and the schema of
each service's database after all migrations (docs/schema). A change of events that running services and stored events could not
live with is refused.

Exit code 0: written; 1: refused; 2: wrong usage.`;

await runCommandLine({
  help,
  async run() {
    writeEventDocs();
    writeFileSync(new URL('../.env.example', import.meta.url), await envExample());
    await writeSchemaDocs();
    return 0;
  },
});
