import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { connectToServer } from '@florin/database';
import { topics } from '@florin/events';
import type { TopicReader } from '@florin/kafka';
import type { PartitionOffset } from '@florin/messaging';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import type { DatabaseUrls } from '../platform/service-databases.ts';
import { type ServiceName, serviceNames } from '../platform/service-names.ts';
import { findExecutables } from '../programs/find-executable.ts';
import { chooseDumpTool } from './choose-dump-tool.ts';
import { type Access, accessTo, type ClientProgram, clientArguments, describeClient, withAuthorities } from './server-access.ts';

/** Maximum milliseconds that writes wait: for statements in progress, then for the start of each dump. */
const LOCK_WAIT_S = 10;
const BEGIN_WITHIN_MS = 20_000;

export type BackUpOptions = {
  databaseUrls: DatabaseUrls;
  kafka: TopicReader;
  /** Directory of the backup; it must not exist. */
  directory: string;
  environment: NodeJS.ProcessEnv;
  onProgress(line: string): void;
};

export type BackUp = {
  takenAt: string;
  /** Ends of the topics: messages from these offsets on were published after the backup. */
  ends: PartitionOffset[];
  /** The services whose databases were dumped. Missing in a backup of a release before media: see `restore`. */
  services?: ServiceName[];
};

/**
 * Dumps the databases of all services as of one moment, while the services run. A read lock on each server holds writes until the dumps
 * have started: nothing is committed between them. The ends of the topics, read under the lock, separate earlier messages
 * from later ones.
 */
export async function backUp({ databaseUrls, kafka, directory, environment, onProgress }: BackUpOptions): Promise<BackUp> {
  await mkdir(directory, { recursive: true });
  const tools = await findDumpTools();
  const parts = await Promise.all(
    serviceNames.map(async (service) => {
      const access = accessTo(databaseUrls[service], environment);
      return { service, access, tool: chooseDumpTool(tools, await serverVersion(access)) };
    }),
  );
  const byServer = new Map(parts.map(({ access }) => [`${access.host}:${access.port}`, access]));
  const locks: Connection[] = [];
  const release = async (): Promise<void> => {
    await Promise.all(locks.splice(0).map((lock) => lock.end()));
  };
  try {
    for (const access of byServer.values()) locks.push(await lockWrites(access));
    const lockedAt = Date.now();
    const ends = (await kafka.bounds(topics)).map(({ topic, partition, high }) => ({ topic, partition, offset: high }));
    const dumps = parts.map(({ service, access, tool }) => startDump(tool, { access, file: join(directory, `${service}.sql`) }));
    await Promise.race([Promise.all(dumps.map(({ begun }) => begun)), tooLate()]);
    await release();
    onProgress(`writes waited for ${Date.now() - lockedAt} ms`);
    await Promise.all(dumps.map(({ done }) => done));
    const made: BackUp = { takenAt: new Date(lockedAt).toISOString(), ends, services: [...serviceNames] };
    await writeFile(join(directory, 'backup.json'), `${JSON.stringify(made, null, 2)}\n`);
    return made;
  } finally {
    await release();
  }
}

async function lockWrites(access: Access): Promise<Connection> {
  const connection = await connectToServer(access.url);
  await connection.query(`SET SESSION lock_wait_timeout = ${LOCK_WAIT_S}`);
  await connection.query('FLUSH TABLES WITH READ LOCK');
  return connection;
}

type Dump = { begun: Promise<void>; done: Promise<void> };

/** Starts a dump. `begun` resolves when it writes its first table: from then on it reads one snapshot. */
function startDump(tool: ClientProgram, { access, file }: { access: Access; file: string }): Dump {
  const { promise: firstTable, resolve: onFirstTable } = Promise.withResolvers<void>();
  const done = withAuthorities(access, async (authorities) => {
    const { args, env } = clientArguments(access, { ...tool, authorities });
    const ofMysql = tool.isMysqls ? ['--set-gtid-purged=OFF', '--column-statistics=0'] : [];
    const how = ['--single-transaction', '--quick', '--hex-blob', '--triggers', '--skip-lock-tables', '--no-tablespaces'];
    const child = spawn(tool.path, [...args, ...ofMysql, ...how, access.database], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.on('data', (chunk: Buffer) => {
      if (chunk.includes('CREATE TABLE')) onFirstTable();
    });
    await writeDump(child, { database: access.database, file });
  });
  done.catch(() => {});
  return { begun: Promise.race([firstTable, done]), done };
}

type DumpProcess = ChildProcessByStdio<null, Readable, Readable>;

async function writeDump(child: DumpProcess, { database, file }: { database: string; file: string }): Promise<void> {
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  const ended = once(child, 'close') as Promise<[number | null]>;
  await pipeline(child.stdout, createWriteStream(file, { mode: 0o600 }));
  const [code] = await ended;
  if (code !== 0) throw new Error(`The dump of ${database} failed with exit code ${code}: ${complaints.trim()}`);
}

function findDumpTools(): Promise<ClientProgram[]> {
  return Promise.all(['mariadb-dump', 'mysqldump'].flatMap(findExecutables).map(describeClient));
}

async function serverVersion(access: Access): Promise<string> {
  const connection = await connectToServer(access.url);
  try {
    const [rows] = await connection.query<RowDataPacket[]>('SELECT VERSION() AS version');
    return String(rows[0]?.['version']);
  } finally {
    await connection.end();
  }
}

function tooLate(): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`The dumps did not start within ${BEGIN_WITHIN_MS / 1000} s.`)), BEGIN_WITHIN_MS).unref();
  });
}
