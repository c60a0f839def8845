import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type OpenApiDocument, openApiDocument } from '@florin/http';
import { inspectService } from '@florin/service';
import { loadDefinition } from '../ops/platform/load-service.ts';
import { type ServiceName, serviceNames } from '../ops/platform/service-names.ts';
import { mergeApiDocuments } from './merge-api-documents.ts';

const folder = join(import.meta.dirname, '../docs/api');

/** Path of a committed API document: of a service, or `florin` for the merged one. */
export function apiDocumentPath(name: string): string {
  return join(folder, `${name}.json`);
}

/** Builds the API document of a service with default settings. */
export async function apiDocumentOf(service: ServiceName): Promise<OpenApiDocument> {
  const { title, endpoints } = inspectService(await loadDefinition(service));
  return openApiDocument(title, endpoints);
}

/** Returns the text of all committed API documents by name. */
export async function apiDocuments(): Promise<Readonly<Record<string, string>>> {
  const documents = await Promise.all(serviceNames.map(async (service) => [service, await apiDocumentOf(service)] as const));
  const merged = mergeApiDocuments(
    'Florin',
    documents.map(([, document]) => document),
  );
  return Object.fromEntries([...documents, ['florin', merged] as const].map(([name, document]) => [name, textOf(document)]));
}

/** Writes `docs/api/<service>.json` and `docs/api/florin.json`. */
export async function writeApiDocs(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(await apiDocuments())) writeFileSync(apiDocumentPath(name), text);
}

function textOf(document: OpenApiDocument): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
