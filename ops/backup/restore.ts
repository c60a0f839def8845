import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { connectToServer, grantRights, idBytes, idText, openDatabase, runTransaction } from '@florin/database';
import { type EventSignatures, parseEvent, type ReceivedMessage, type SignatureStarts, type VerifyEvent } from '@florin/events';
import type { TopicReader } from '@florin/kafka';
import { OffsetGapError, type PartitionOffset, resetToStoredOffsets } from '@florin/messaging';
import { appendAuditEntry, type CommandActor } from '@florin/runtime';
import { atDatabase } from '@florin/values';
import type { Knex } from 'knex';
import { loadDefinition } from '../platform/load-service.ts';
import type { OperatorKafka } from '../platform/operator-broker.ts';
import type { DatabaseUrls } from '../platform/service-databases.ts';
import { type ServiceName, serviceNames } from '../platform/service-names.ts';
import type { BackUp } from './back-up.ts';
import { consumedTopics } from './consumed-topics.ts';
import { readStartsBefore, restoredVerifier, restoreSignatures } from './restore-signatures.ts';
import { type Access, accessTo, clientArguments, findClient, withAuthorities } from './server-access.ts';

export type RestoreOptions = {
  /** For the running users. */
  databaseUrls: DatabaseUrls;
  migrationUrls: DatabaseUrls;
  kafka: OperatorKafka;
  directory: string;
  /** Drops existing databases. */
  isReplacing: boolean;
  /** The topics are not those of the backup: another Kafka, or another prefix. */
  hasFreshTopics: boolean;
  environment: NodeJS.ProcessEnv;
  /** Verifies the events of the topics, and signs the events of the restored outboxes. */
  signatures: EventSignatures;
  /** Actor for the audit logs of the restored databases. */
  actor: CommandActor;
  onProgress(line: string): void;
};

/** The services of a release whose backups do not name them. */
const withoutMedia: ServiceName[] = ['auth', 'product', 'payment'];

export type Restored = { takenAt: string; forgotten: number };

/**
 * Restores the databases of a backup to the moment of a backup. Events published before it are consumed again where they had not
 * been. Events published after it are marked as received: the changes that they report are lost. Forged events are left out.
 *
 * @throws Error if an instance of a service runs, or an event was signed with a key that `signatures` lacks
 */
export async function restore({ databaseUrls, migrationUrls, kafka, directory, ...options }: RestoreOptions): Promise<Restored> {
  const { isReplacing, hasFreshTopics, environment, signatures, actor, onProgress } = options;
  const { takenAt, ends, services = withoutMedia } = JSON.parse(await readFile(join(directory, 'backup.json'), 'utf8')) as BackUp;
  await requireQuiet(kafka.topics);
  const startsBefore = new Map<ServiceName, SignatureStarts>();
  // A dump that is missing is an error. The databases of newer services stay as they are.
  for (const service of services) {
    const access = accessTo(databaseUrls[service], environment);
    startsBefore.set(service, await readStartsBefore(databaseUrls[service]));
    await recreate(access, isReplacing);
    await load(access, join(directory, `${service}.sql`));
    onProgress(`${service}: database restored`);
  }
  const databases = services.map((service) => ({ service, db: openDatabase({ url: migrationUrls[service], poolMax: 2 }) }));
  try {
    for (const each of databases) await grantAgain(each, { databaseUrls, migrationUrls });
    for (const { service, db } of databases) {
      const before = startsBefore.get(service) ?? new Map();
      if (!(await restoreSignatures(db, { signatures, startsBefore: before, hasFreshTopics })))
        onProgress(
          `${service}: run npm run migrate and npm run events:require before you start it. The backup is older than both`,
        );
    }
    for (const each of databases) await noteRestore(each, { actor, takenAt, hasFreshTopics });
    if (hasFreshTopics) return { takenAt, forgotten: 0 };
    const verify = await restoredVerifier(
      databases.map(({ db }) => db),
      signatures,
    );
    const forgotten = await forgetLostFuture(databases, { kafka: kafka.topics, ends, verify });
    onProgress(`${forgotten} events from after the backup are skipped`);
    for (const each of databases) onProgress(await resetOffsets(each, kafka, actor));
    return { takenAt, forgotten };
  } finally {
    await Promise.all(databases.map(({ db }) => db.destroy()));
  }
}

async function requireQuiet(kafka: TopicReader): Promise<void> {
  for (const service of serviceNames) {
    const members = await kafka.membersOf(`florin.${service}`);
    if (members > 0) throw new Error(`Stop ${service} first: its consumer group has ${members} members.`);
  }
}

async function recreate({ url, database }: Access, isReplacing: boolean): Promise<void> {
  const connection = await connectToServer(atDatabase(url, ''));
  try {
    const [there] = await connection.query('SHOW DATABASES LIKE ?', [database]);
    if ((there as unknown[]).length > 0 && !isReplacing)
      throw new Error(`Database ${database} exists: rename it, or use --replace to drop it.`);
    await connection.query('DROP DATABASE IF EXISTS ??', [database]);
    await connection.query('CREATE DATABASE ?? CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci', [database]);
  } finally {
    await connection.end();
  }
}

async function load(access: Access, file: string): Promise<void> {
  const client = await findClient();
  await withAuthorities(access, async (authorities) => {
    const { args, env } = clientArguments(access, { ...client, authorities });
    await feed(spawn(client.path, [...args, access.database], { env, stdio: ['pipe', 'ignore', 'pipe'] }), file);
  });
}

async function feed(child: ChildProcessByStdio<Writable, null, Readable>, file: string): Promise<void> {
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  const ended = once(child, 'close') as Promise<[number | null]>;
  const fed = await pipeline(createReadStream(file), child.stdin).catch((error: Error) => error);
  const [code] = await ended;
  if (code !== 0 || fed instanceof Error) throw new Error(`Loading ${file} failed with exit code ${code}: ${complaints.trim()}`);
}

type Restoring = { service: ServiceName; db: Knex };
type Note = { actor: CommandActor; takenAt: string; hasFreshTopics: boolean };

/** A dump has neither the rights of users nor stored functions. */
async function grantAgain(
  { service, db }: Restoring,
  urls: Pick<RestoreOptions, 'databaseUrls' | 'migrationUrls'>,
): Promise<void> {
  const runningUrl = urls.databaseUrls[service];
  if (runningUrl === urls.migrationUrls[service]) return;
  const { rights } = await loadDefinition(service);
  await grantRights(db, runningUrl, rights);
}

/** Writes the restore into the audit log of the restored database. */
async function noteRestore({ service, db }: Restoring, { actor, takenAt, hasFreshTopics }: Note): Promise<void> {
  await runTransaction(db, async (trx) => {
    if (hasFreshTopics) await trx('consumer_offsets').delete();
    const after = { takenAt, hasFreshTopics };
    await appendAuditEntry(trx, { ...actor, action: 'database.restore', subject: service, after });
  });
}

/**
 * Messages behind the noted ends come from commits after the backup, which are lost, or from outboxes in the backup, which
 * publish them again. Every inbox marks those of the first kind as received.
 */
async function forgetLostFuture(
  databases: readonly Restoring[],
  { kafka, ends, verify }: { kafka: TopicReader; ends: readonly PartitionOffset[]; verify: VerifyEvent },
): Promise<number> {
  const kept = new Set((await Promise.all(databases.map(({ db }) => outboxIds(db)))).flat());
  const consumed = new Set((await Promise.all(serviceNames.map(consumedTopics))).flat());
  const forgotten = new Set<string>();
  await kafka.readFrom(
    ends.filter(({ topic }) => consumed.has(topic)),
    async (messages, place) => {
      const published = messages.flatMap((message) => idOf({ ...place, ...message }, verify));
      const ids = published.filter((id) => !kept.has(id) && !forgotten.has(id));
      for (const { service, db } of databases) await markAsHad(db, `florin.${service}`, ids);
      for (const id of ids) forgotten.add(id);
    },
  );
  return forgotten.size;
}

/** Resets a consumer to its stored offsets. A gap does not fail the restore: the operator accepts it later. */
async function resetOffsets({ service, db }: Restoring, { topics, broker }: OperatorKafka, actor: CommandActor): Promise<string> {
  try {
    await resetToStoredOffsets(db, broker, {
      consumer: `florin.${service}`,
      bounds: await topics.bounds(await consumedTopics(service)),
      actor,
    });
    return `${service}: continues at the offsets of the backup`;
  } catch (error) {
    if (!(error instanceof OffsetGapError)) throw error;
    return `${service}: does not start until you accept its gap. ${error.message}`;
  }
}

/** Reads the ids of unpublished events. A backup of an earlier release has no `parked_outbox`: migration follows the restore. */
async function outboxIds(db: Knex): Promise<string[]> {
  const waiting: Buffer[] = await db('outbox').pluck('event_id');
  const hasParked = await db.schema.hasTable('parked_outbox');
  const parked: Buffer[] = hasParked ? await db('parked_outbox').pluck('event_id') : [];
  return [...waiting, ...parked].map(idText);
}

/** Returns the id of an event; none for an invalid or forged message, which no consumer handled. */
function idOf(message: ReceivedMessage, verify: VerifyEvent): string[] {
  const parsed = parseEvent(message, verify);
  if (parsed.kind === 'unknown-key') throw new Error(parsed.reason);
  return parsed.kind === 'event' ? [parsed.event.id] : [];
}

async function markAsHad(db: Knex, consumer: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await db.raw(
    `INSERT IGNORE INTO inbox (consumer, event_id) VALUES ${ids.map(() => '(?, ?)').join(', ')}`,
    ids.flatMap((id) => [consumer, idBytes(id)]),
  );
}
