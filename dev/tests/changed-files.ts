import { execFileSync } from 'node:child_process';

/** Files that differ from the point at which this branch left main, committed or not; on main, from its last commit. */
export function changedFiles(root: string, main = 'main'): string[] {
  const git = (...args: string[]): string[] =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\n').filter(Boolean);
  const [base = 'HEAD'] = mergeBase(git, main);
  // With --no-renames both the old and the new path of a moved file.
  return [...git('diff', '--name-only', '--no-renames', base), ...git('ls-files', '--others', '--exclude-standard')];
}

function mergeBase(git: (...args: string[]) => string[], main: string): string[] {
  try {
    return git('merge-base', main, 'HEAD');
  } catch {
    // For a checkout without that branch.
    return [];
  }
}
