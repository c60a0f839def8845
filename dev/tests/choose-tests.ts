/** Files that a file names, relative to the root of the checkout. */
export type References = (file: string) => readonly string[];

/** A change here can affect any test. */
const TOUCHES_ALL = [
  /(^|\/)package(-lock)?\.json$/,
  /(^|\/)tsconfig[^/]*\.json$/,
  /^\.(mocharc|nycrc)\.json$/,
  /(^|\/)register\.mjs$/,
  /^dev\/tests\/(?!.*\.test\.ts$)/,
];

/** Tests of the built apps, and those that read all files of the apps: no file of theirs names a single one. */
const APPS = /^(apps|packages\/ui)\//;
const APP_TEST = /^(e2e\/(web\/|gateway\.int)|apps\/|packages\/ui\/test\/|dev\/(raw-styles|error-texts)\.test)/;

/** The tests that reach a changed file, and changed tests. A deleted file counts if another file still names its path. */
export function chooseTests(tests: readonly string[], changed: readonly string[], references: References): string[] {
  if (changed.some((file) => TOUCHES_ALL.some((pattern) => pattern.test(file)))) return [...tests];
  const goals = new Set(changed);
  const isAppChanged = changed.some((file) => APPS.test(file));
  return tests.filter((test) => (isAppChanged && APP_TEST.test(test)) || reaches(test, goals, references));
}

function reaches(start: string, goals: ReadonlySet<string>, references: References): boolean {
  const seen = new Set([start]);
  for (const file of seen) {
    if (goals.has(file)) return true;
    for (const next of references(file)) seen.add(next);
  }
  return false;
}
