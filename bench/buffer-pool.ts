import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '@florin/database';
import type { Bench } from './bench-platform.ts';

/** Buffer pool that a production server gives databases of some gigabytes. */
const BUFFER_POOL_BYTES = 2 * 1024 ** 3;
const CLEAN_PAGES = 200;
const CLEAN_TIMEOUT_MS = 300_000;
const LOOK_MS = 500;

export async function enlargeBufferPool({ infra, onProgress }: Bench): Promise<void> {
  const server = openDatabase({ url: infra.databaseUrl, poolMax: 1 });
  await server.raw(`SET GLOBAL innodb_buffer_pool_size = ${BUFFER_POOL_BYTES}`);
  await server.destroy();
  onProgress('The database has a buffer pool of 2 GiB');
}

/** Flushes the filled rows to disk before the measurement. */
export async function untilWritten({ infra, onProgress }: Bench): Promise<void> {
  const server = openDatabase({ url: infra.databaseUrl, poolMax: 1 });
  const [[{ most }]] = (await server.raw('SELECT @@global.innodb_max_dirty_pages_pct AS most')) as [[{ most: number }]];
  await server.raw('SET GLOBAL innodb_max_dirty_pages_pct = 0');
  const giveUpAt = Date.now() + CLEAN_TIMEOUT_MS;
  while ((await dirtyPages()) > CLEAN_PAGES && Date.now() < giveUpAt) await sleep(LOOK_MS);
  onProgress(`Written, but for ${await dirtyPages()} pages`);
  await server.raw('SET GLOBAL innodb_max_dirty_pages_pct = ?', [most]);
  await server.destroy();

  async function dirtyPages(): Promise<number> {
    const [[row]] = (await server.raw("SHOW GLOBAL STATUS LIKE 'Innodb_buffer_pool_pages_dirty'")) as [[{ Value: string }]];
    return Number(row.Value);
  }
}
