import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { runCommand } from '../../ops/programs/run-command.ts';
import { isRunning, processIdentity } from './process-identity.ts';

export type KafkaJars = { folder: string; classPath: string };

const recipe = resolve(import.meta.dirname, '../kafka');
const shared = resolve(import.meta.dirname, '../../.florin/kafka');
const temporaryPrefix = 'libs.tmp-';
const copyDependencies = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';

/** Returns the broker's jars if they are downloaded. All instances share them. */
export async function findKafkaJars(): Promise<KafkaJars | undefined> {
  const folder = await versionFolder();
  const libs = join(folder, 'libs');
  if (!existsSync(libs)) return undefined;
  const deviations = await compareWithCommitted(libs);
  return deviations.length === 0 ? { folder, classPath: await classPath(libs) } : undefined;
}

/** Downloads into a temporary folder, verifies and renames it: no folder is partial, and concurrent downloads are safe. */
export async function downloadKafkaJars(maven: string, signal: AbortSignal): Promise<KafkaJars> {
  const folder = await versionFolder();
  const libs = join(folder, 'libs');
  await mkdir(folder, { recursive: true });
  await sweepDeadDownloads(folder);
  const temporary = await mkdtemp(join(folder, `${temporaryPrefix}${processIdentity(process.pid)}.`));
  try {
    const args = [
      '-B',
      '-q',
      '-Dstyle.color=never',
      '-f',
      join(recipe, 'pom.xml'),
      copyDependencies,
      '-DincludeScope=runtime',
      `-DoutputDirectory=${temporary}`,
    ];
    await runCommand(maven, args, { signal });
    const deviations = await compareWithCommitted(temporary);
    if (deviations.length > 0)
      throw new Error(`The downloaded jars are not those of dev/kafka/libs.sha256:\n  ${deviations.join('\n  ')}`);
    await chmod(temporary, 0o755);
    if (existsSync(libs) && (await findKafkaJars()) === undefined) await rm(libs, { recursive: true, force: true });
    await rename(temporary, libs).catch(async (error: Error) => {
      if ((await findKafkaJars()) === undefined) throw error;
    });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  return { folder, classPath: await classPath(libs) };
}

async function sweepDeadDownloads(folder: string): Promise<void> {
  const isDead = (name: string): boolean => !isRunning(name.slice(temporaryPrefix.length, name.lastIndexOf('.')));
  const dead = (await readdir(folder)).filter((name) => name.startsWith(temporaryPrefix) && isDead(name));
  await Promise.all(dead.map((name) => rm(join(folder, name), { recursive: true, force: true })));
}

async function versionFolder(): Promise<string> {
  const pom = await readFile(join(recipe, 'pom.xml'), 'utf8');
  const version = /<kafka\.version>([^<]+)</.exec(pom)?.[1];
  if (version === undefined) throw new Error('dev/kafka/pom.xml names no kafka.version');
  return join(shared, version);
}

/** Lists the jars in a fixed order, not as `libs/*`: the shared class archive is valid for one order only. */
async function classPath(libs: string): Promise<string> {
  const names = (await readdir(libs)).sort();
  return names.map((name) => join(libs, name)).join(':');
}

async function compareWithCommitted(libs: string): Promise<string[]> {
  const committed = (await readFile(join(recipe, 'libs.sha256'), 'utf8')).split('\n').filter(Boolean);
  const found = await Promise.all((await readdir(libs)).map((name) => sumLine(libs, name)));
  return [
    ...committed.filter((line) => !found.includes(line)).map((line) => `missing: ${line}`),
    ...found.filter((line) => !committed.includes(line)).map((line) => `unexpected: ${line}`),
  ];
}

async function sumLine(libs: string, name: string): Promise<string> {
  const sum = createHash('sha256').update(await readFile(join(libs, name)));
  return `${sum.digest('hex')}  ${name}`;
}
