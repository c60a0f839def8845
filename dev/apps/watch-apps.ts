import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Child, endLeftover, findLeftover, startChild, stopChild } from '../infra/child-processes.ts';
import { type AppName, apps } from './app-names.ts';
import { appFolder, recordOf, viteArguments } from './build-apps.ts';

const STOP_GRACE_MS = 5_000;

type Options = {
  /** Directory of pid files and logs. */
  directory: string;
  /** Called when a build ends without stop(). */
  onUnexpectedExit(name: string, logPath: string): void;
};

/**
 * Builds each app again when a source of it is saved. A source that does not compile is reported in the app's log, and the last
 * build stays.
 */
export async function watchApps({ directory, onUnexpectedExit }: Options): Promise<{ stop(): Promise<void> }> {
  let isEnding = false;
  // What is built from here on is not what buildApps has built.
  await Promise.all(apps.map((app) => rm(recordOf(app), { force: true })));
  const watch = (app: AppName): Child => {
    const child: Child = startChild({
      name: app,
      command: process.execPath,
      args: viteArguments('build', '--watch', '--emptyOutDir=false', appFolder(app)),
      directory,
      home: join(directory, app),
      onExit: () => {
        if (!isEnding) onUnexpectedExit(`The build of the ${app}`, child.logPath);
      },
    });
    return child;
  };
  const children = apps.map(watch);
  return {
    async stop() {
      isEnding = true;
      await Promise.all(children.map((child) => stopChild(child, STOP_GRACE_MS)));
    },
  };
}

/** Ends builds that a killed launcher left running. @returns the apps whose builds ran */
export async function endLeftoverBuilds(directory: string): Promise<AppName[]> {
  const ended: AppName[] = [];
  for (const app of apps) {
    const leftover = findLeftover(directory, app);
    if (leftover === undefined) continue;
    await endLeftover(leftover, STOP_GRACE_MS);
    ended.push(app);
  }
  return ended;
}
