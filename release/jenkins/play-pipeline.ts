import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findJava } from '../../dev/infra/find-java.ts';

export type PipelineEvent = { what: string; text: string; code?: number; output?: string; why?: string };
export type PipelineBuild = { name: string; result: 'SUCCESS' | 'FAILURE' | 'ABORTED'; events: PipelineEvent[] };

export type Scenario = {
  name: string;
  params?: Record<string, unknown>;
  env?: Record<string, string>;
  /** What commands come to that are not really run. */
  commands?: readonly { match: string; code?: number; stdout?: string }[];
  /** Where commands are really run, and artefacts kept. */
  shell?: { directory: string; archive: string; env: Record<string, string> };
  /** A command of the scenario's own, before the build. */
  before?: string;
  approval?: boolean;
  previousResult?: string;
};

type Played = { rehearsal: PipelineBuild; builds: PipelineBuild[] } | { refused: string };

const root = join(import.meta.dirname, '../..');
const groovy = join(root, 'node_modules/npm-groovy-lint/lib/java/groovy/lib/*');

type Options = { scenarios?: readonly Scenario[]; directory: string };

/** Plays builds of Jenkinsfiles, one after the other, on the Groovy that npm-groovy-lint brings. */
export async function playPipelines(jenkinsfiles: readonly string[], { scenarios = [], directory }: Options): Promise<Played[]> {
  const java = await findJava();
  if (java === undefined) throw new Error('Java >= 17 is needed, as the embedded broker needs it: npm run infra installs it.');
  const file = join(directory, 'scenarios.json');
  await writeFile(file, JSON.stringify(scenarios));
  const harness = join(import.meta.dirname, 'harness.groovy');
  const options = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-cp', groovy];
  const args = [...options, 'groovy.ui.GroovyMain', harness, file, ...jenkinsfiles];
  const printed = await new Promise<string>((resolve, reject) => {
    execFile(java.executable, args, { maxBuffer: 64e6 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`The harness failed:\n${stderr}`, { cause: error }));
    });
  });
  return JSON.parse(printed) as Played[];
}
