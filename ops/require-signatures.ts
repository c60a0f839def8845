import { openDatabase, runTransaction } from '@florin/database';
import { topics } from '@florin/events';
import {
  hasUnsignedEvents,
  type PartitionOffset,
  readSignatureStarts,
  signWaitingEvents,
  storeSignatureStarts,
} from '@florin/messaging';
import { appendAuditEntry, type CommandActor, commandActor, readEventSignatures } from '@florin/runtime';
import type { Knex } from 'knex';
import { asFlag, asHelp, runCommandLine } from './command-line.ts';
import { openOperatorKafka } from './platform/operator-broker.ts';
import { findMigrationDatabases } from './platform/service-databases.ts';
import { type ServiceName, serviceNames } from './platform/service-names.ts';

const help = `npm run events:require -- [--as USER] [--json]

Requires signed events from now on. Run it once, when all instances of all services sign their events: after the upgrade to the
first release with signatures, when no instance of the release before is left. It stores the current end of each partition in
each service's database. Unsigned events below these offsets are taken, also by npm run restore and by the replay of dead letters;
unsigned events from there on are refused as forged. Services keep running and need no restart. Unsigned events in parked_outbox
are signed. A new installation requires signed events from the start. Running the command again changes nothing.

${asHelp}

Settings: EVENT_SIGNING_KEYS, EVENT_SIGNATURES, AUTH_MIGRATION_DATABASE_URL ..., KAFKA_BROKERS and KAFKA_PREFIX (default: those of
npm start).

Exit code 0: done; 1: rejected (signatures are off, or an outbox has unsigned events) or failed; 2: wrong usage.`;

type Required = { service: ServiceName; isNew: boolean; offsets: readonly PartitionOffset[] };

await runCommandLine({
  help,
  flags: asFlag,
  async run({ values, answer }) {
    const actor = commandActor(values);
    const signatures = readEventSignatures(process.env);
    if (signatures.mode === 'off') throw new Error('EVENT_SIGNATURES is off: the services do not sign their events.');
    const urls = await findMigrationDatabases(process.env);
    const databases = serviceNames.map((service) => ({ service, db: openDatabase({ url: urls[service], poolMax: 1 }) }));
    const kafka = await openOperatorKafka('require-signatures', process.env);
    try {
      for (const { db } of databases) await signWaitingEvents(db, 'parked_outbox', signatures);
      for (const { service, db } of databases)
        if (await hasUnsignedEvents(db))
          throw new Error(`The outbox of ${service} has unsigned events: stop instances that do not sign, and try again.`);
      const offsets = (await kafka.broker.bounds(topics)).map(({ topic, partition, high }) => ({
        topic,
        partition,
        offset: high,
      }));
      const required: Required[] = [];
      for (const each of databases) required.push(await requireIn(each, { offsets, actor }));
      answer(required, required.map(describe).join('\n'));
      return 0;
    } finally {
      await kafka.disconnect();
      await Promise.all(databases.map(({ db }) => db.destroy()));
    }
  },
});

async function requireIn(
  { service, db }: { service: ServiceName; db: Knex },
  { offsets, actor }: { offsets: readonly PartitionOffset[]; actor: CommandActor },
): Promise<Required> {
  const stored = await readSignatureStarts(db);
  if (stored.size > 0) return { service, isNew: false, offsets: [] };
  await runTransaction(db, async (trx) => {
    await storeSignatureStarts(trx, offsets);
    await appendAuditEntry(trx, { ...actor, action: 'events.require-signatures', subject: service, after: { offsets } });
  });
  return { service, isNew: true, offsets };
}

function describe({ service, isNew, offsets }: Required): string {
  return isNew
    ? `${service}: requires signed events from the current ends of ${offsets.length} partitions on.`
    : `${service}: requires signed events already. Nothing is changed.`;
}
