import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { changedImages } from './changed-images.ts';
import { type Plan, type Release, readReleaseFile, releaseFiles, writeReleaseFile } from './release-files.ts';
import { imagesOf, readWorkspaces } from './workspaces.ts';

const run = promisify(execFile);

type Options = { root: string; isEverything: boolean };

/**
 * Selects the images to build: those that differ from the last good release, despite failed builds in between. All of them
 * if there is none, or if this checkout lacks its commit. Writes `build/release/plan.json`.
 */
export async function planRelease({ root, isEverything }: Options): Promise<Plan> {
  const git = async (...args: string[]): Promise<string> => (await run('git', args, { cwd: root, maxBuffer: 64e6 })).stdout;
  const commit = (await git('rev-parse', 'HEAD')).trim();
  const workspaces = await readWorkspaces(root);
  const images = imagesOf(workspaces).map(({ name }) => name);
  const good = await readReleaseFile<Release>(root, releaseFiles.good);
  const isKnown =
    good !== undefined &&
    (await git('cat-file', '-e', `${good.commit}^{commit}`).then(
      () => true,
      () => false,
    ));
  const changes =
    isKnown && !isEverything
      ? changedImages(
          (await git('diff', '--name-only', '--no-renames', '-z', good.commit, commit)).split('\0').filter(Boolean),
          workspaces,
        )
      : { images, isDeploymentChanged: true };
  const build = images.filter((name) => changes.images.includes(name) || good?.images[name] === undefined);
  const keep = Object.entries(good?.images ?? {}).filter(([name]) => images.includes(name) && !build.includes(name));
  const plan = {
    commit,
    since: isKnown ? good.commit : null,
    build,
    keep: Object.fromEntries(keep),
    isDeploymentChanged: changes.isDeploymentChanged,
  };
  await writeReleaseFile(root, releaseFiles.plan, plan);
  return plan;
}
