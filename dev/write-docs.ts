import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { processSettings } from '@florin/runtime';
import { runCommandLine } from '../ops/command-line.ts';
import { loadSettings } from '../ops/platform/load-service.ts';
import { type ServiceName, settingOf } from '../ops/platform/service-names.ts';
import { services } from '../ops/platform/services.ts';
import { writeApiDocs } from './api-docs.ts';
import { clientSources, readApiDocument } from './client-sources.ts';
import { collectionFiles, collectionsFolder } from './collections/collection-files.ts';
import { envExample } from './env-example.ts';
import { writeErrorDocs } from './error-docs.ts';
import { withMetricTable } from './metric-table.ts';
import { writeDashboards } from './observability/write-dashboards.ts';
import { additions } from './platform/add-service.ts';
import { writeSchemaDocs } from './schema-docs.ts';
import { writeEventDocs } from './write-event-docs.ts';

const help = `npm run docs

Writes committed files that are generated from code: .env.example, docs/events.md, the snapshot of the events' schemas, the documents
of the services, the merged one and that of the events (docs/api), the sources and collections that are made of the merged one
(packages/client, docs/api/collections), the list of all error codes, the Grafana dashboards, the table of metrics in
docs/operations.md, and the schema of each service's database after all migrations (docs/schema). Rejects a change of events that is
incompatible with running services and stored events. Adds a missing service of the manifest to docker-compose.yml, the gateway, the
Dockerfile and the builds.

Exit code 0: written; 1: rejected; 2: wrong usage.`;

await runCommandLine({
  help,
  async run() {
    writeEventDocs();
    await writeErrorDocs();
    writeFileSync(new URL('../.env.example', import.meta.url), await envExample());
    await writeMetricTable();
    writeDashboards();
    await addServices();
    await writeApiDocs();
    await writeApiClients();
    await writeSchemaDocs();
    return 0;
  },
});

async function writeMetricTable(): Promise<void> {
  const page = new URL('../docs/operations.md', import.meta.url);
  writeFileSync(page, await withMetricTable(readFileSync(page, 'utf8')));
}

/** Writes what is generated from the merged API document: the client's sources and the collections of requests. */
async function writeApiClients(): Promise<void> {
  const document = readApiDocument();
  const root = join(import.meta.dirname, '..');
  rmSync(join(root, collectionsFolder, 'bruno'), { recursive: true, force: true });
  for (const [file, text] of Object.entries({ ...(await clientSources(document)), ...collectionFiles(document) })) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
}

/** Adds each service of the manifest to the files that lack it. */
async function addServices(): Promise<void> {
  const own = await Promise.all(services.map(async (entry) => [entry, await ownSettingsOf(entry.name)] as const));
  for (const [file, add] of Object.entries(additions)) {
    const path = new URL(`../${file}`, import.meta.url);
    const text = readFileSync(path, 'utf8');
    const complete = own.reduce((current, [entry, settings]) => add(current, entry, settings), text);
    if (complete !== text) writeFileSync(path, complete);
  }
}

async function ownSettingsOf(name: ServiceName): Promise<string[]> {
  const { keys } = (await loadSettings(name)).describe() as { keys: Record<string, unknown> };
  const shared = new Set([...Object.keys(processSettings), settingOf(name, 'PORT'), settingOf(name, 'DATABASE_URL')]);
  return Object.keys(keys).filter((setting) => !shared.has(setting));
}
