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
  /** Results of commands that are not run. */
  commands?: readonly { match: string; code?: number; stdout?: string }[];
  /** Directory in which commands run and artefacts are kept. */
  shell?: { directory: string; archive: string; env: Record<string, string> };
  /** Command of the scenario, run before the build. */
  before?: string;
  approval?: boolean;
  previousResult?: string;
};

type Played = { rehearsal: PipelineBuild; builds: PipelineBuild[] } | { refused: string };

const root = join(import.meta.dirname, '../..');
const groovy = join(root, 'node_modules/npm-groovy-lint/lib/java/groovy/lib/*');

type Options = { scenarios?: readonly Scenario[]; directory: string };

/** Plays builds of Jenkinsfiles in order, with the Groovy of npm-groovy-lint. */
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
