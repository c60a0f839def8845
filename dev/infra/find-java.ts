import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findExecutables, isExecutable } from '../../ops/programs/find-executable.ts';
import { runCommand } from '../../ops/programs/run-command.ts';

export type Java = { executable: string; version: string };

const oldestMajor = 17;
const debianFolder = '/usr/lib/jvm';

/** Finds the first Java that runs Kafka 4. A new installation may not be the default, so Debian's folder is searched too. */
export async function findJava(): Promise<Java | undefined> {
  const home = process.env['JAVA_HOME'];
  const candidates = [
    ...(home ? [join(home, 'bin/java')] : []),
    ...findExecutables('java'),
    ...(existsSync(debianFolder) ? readdirSync(debianFolder).sort() : []).map((name) => join(debianFolder, name, 'bin/java')),
  ];
  for (const executable of candidates.filter(isExecutable)) {
    const printed = await runCommand(executable, ['-version']).catch(() => '');
    const version = /version "(\d+[^"]*)"/.exec(printed)?.[1];
    if (version !== undefined && Number.parseInt(version, 10) >= oldestMajor) return { executable, version };
  }
  return undefined;
}
