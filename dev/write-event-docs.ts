import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { asyncApiDocument, breakingChanges, catalogueSchemas, describeCatalogue, type JsonSchema } from '@florin/events';

const page = new URL('../docs/events.md', import.meta.url);
const snapshot = new URL('../packages/events/catalogue.snapshot.json', import.meta.url);

/** The AsyncAPI document of all events. */
export const eventsDocument = fileURLToPath(new URL('../docs/api/events.json', import.meta.url));

/**
 * Writes `docs/events.md`, `docs/api/events.json` and the snapshot that the next release is compared with.
 *
 * @throws Error for a catalogue that is incompatible with the previous release; delete the snapshot to accept it
 */
export function writeEventDocs(): void {
  const changes = breakingChanges(readSnapshot(), catalogueSchemas());
  if (changes.length > 0) {
    throw new Error(
      `This change is incompatible with running services and stored events:\n  ${changes.join('\n  ')}\nAdd a new event type instead.`,
    );
  }
  writeFileSync(page, describeCatalogue());
  mkdirSync(dirname(eventsDocument), { recursive: true });
  writeFileSync(eventsDocument, `${JSON.stringify(asyncApiDocument(), null, 2)}\n`);
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
