import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

export type PreviousRelease = { commit: string } | { missing: string };

/**
 * Finds the previous release: the last successful commit of the pipeline (GIT_PREVIOUS_SUCCESSFUL_COMMIT), else the newest tag
 * `v*` before this commit, else the parent commit.
 */
export function findPreviousRelease(root: string, { GIT_PREVIOUS_SUCCESSFUL_COMMIT: built }: NodeJS.ProcessEnv): PreviousRelease {
  const revisions = [...(built ? [built] : []), tagBefore(root), 'HEAD~1'];
  for (const revision of revisions) {
    const commit = revision && git(root, 'rev-parse', '--verify', '--quiet', `${revision}^{commit}`);
    if (commit) return { commit };
  }
  const isShallow = git(root, 'rev-parse', '--is-shallow-repository') === 'true';
  return { missing: isShallow ? 'this checkout is shallow' : 'this checkout has no earlier commit' };
}

/**
 * Copies the sources of a commit into a folder of this checkout. They use its installed packages, but their own versions of
 * the workspaces.
 */
export function layOut(root: string, commit: string, directory: string): void {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(join(directory, 'node_modules/@florin'), { recursive: true });
  const sources = execFileSync('git', ['archive', '--format=tar', commit, 'packages', 'servers'], {
    cwd: root,
    maxBuffer: 256e6,
  });
  execFileSync('tar', ['-x', '-C', directory], { input: sources });
  const packages = execFileSync('git', ['ls-tree', '--name-only', `${commit}:packages`], { cwd: root, encoding: 'utf8' });
  for (const name of packages.split('\n').filter(Boolean)) {
    symlinkSync(join(directory, 'packages', name), join(directory, 'node_modules/@florin', name));
  }
}

function tagBefore(root: string): string | undefined {
  return git(root, 'describe', '--tags', '--abbrev=0', '--match=v*', 'HEAD~1');
}

function git(root: string, ...args: string[]): string | undefined {
  try {
    return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}
