import { readFileSync, writeFileSync } from 'node:fs';
import { breakingChanges, catalogueSchemas, describeCatalogue, type JsonSchema } from '@florin/events';

/**
 * Writes `docs/events.md` and the snapshot that the next release is held against. Refuses a catalogue that yesterday's release
 * could not live with; delete the snapshot where that is meant.
 */
const page = new URL('../docs/events.md', import.meta.url);
const snapshot = new URL('../packages/events/catalogue.snapshot.json', import.meta.url);

const changes = breakingChanges(readSnapshot(), catalogueSchemas());
if (changes.length > 0) {
  console.error(`Running services and stored events would break:\n  ${changes.join('\n  ')}\nAdd a new event type instead.`);
  process.exitCode = 1;
} else {
  writeFileSync(page, describeCatalogue());
  writeFileSync(snapshot, `${JSON.stringify(catalogueSchemas(), null, 2)}\n`);
}

function readSnapshot(): Record<string, JsonSchema> {
  try {
    return JSON.parse(readFileSync(snapshot, 'utf8')) as Record<string, JsonSchema>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}
