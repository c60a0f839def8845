import { join, resolve } from 'node:path';
import { findExecutables, isExecutable } from '../../ops/programs/find-executable.ts';
import { runCommand } from '../../ops/programs/run-command.ts';
import { type Progress, reportStep } from './report-step.ts';
import { unpackPackage } from './unpack-package.ts';

const folder = resolve(import.meta.dirname, '../../.florin/prometheus');

/**
 * Finds promtool for tests of the alert rules and dashboards. Without it on the machine, Debian's package of Prometheus is
 * unpacked into `.florin`: an installed package would start a server.
 *
 * @returns the path of the executable
 */
export async function providePromtool(onProgress: Progress, signal: AbortSignal): Promise<string> {
  const found = await findPromtool();
  if (found !== undefined) return found;
  const isUnpacked = async (): Promise<boolean> => (await findPromtool()) !== undefined;
  try {
    await reportStep(onProgress, 'Unpacking Prometheus', () => unpackPackage('prometheus', { folder, isUnpacked }, signal));
  } catch (error) {
    signal.throwIfAborted();
    throw new Error(howToInstall(`getting it failed: ${(error as Error).message}`), { cause: error });
  }
  const provided = await findPromtool();
  if (provided === undefined) throw new Error(howToInstall('the one in .florin/prometheus does not run'));
  return provided;
}

async function findPromtool(): Promise<string | undefined> {
  const candidates = [...findExecutables('promtool'), join(folder, 'unpacked/usr/bin/promtool')];
  for (const executable of candidates.filter(isExecutable)) {
    const printed = await runCommand(executable, ['--version']).catch(() => '');
    if (printed.includes('promtool, version')) return executable;
  }
  return undefined;
}

function howToInstall(reason: string): string {
  return [
    `Alert rules and dashboards are tested with promtool, which is not on this machine, and ${reason}.`,
    'On Debian or Ubuntu: sudo apt-get install prometheus. Elsewhere install Prometheus by your own means, with promtool on PATH.',
  ].join('\n');
}
