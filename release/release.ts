import { runCommandLine, UsageError, wholeNumber } from '../ops/command-line.ts';
import { type DeployOptions, deployRelease, migrateTarget, noteGood, recordRunning, rollBack, urlsOf } from './deploy-release.ts';
import { planRelease } from './plan-release.ts';
import { publishPackages } from './publish-packages.ts';
import type { Release } from './release-files.ts';
import { buildImages, pushImages, type StepOptions, scanImages, writeSboms } from './release-images.ts';
import { smokeTest } from './smoke-test.ts';

const help = `npm run release -- <step> [TARGET] [options] [--json]

The steps of a release, as the Jenkinsfile calls them one after the other; by hand they do the same. What one hands on to the
next lies below build/release/.

  migrations         check that every migration lets running instances of the release before go on
  plan [--all]       print which images to build, since the last good release (build/release/good.json), and "deployment" where only
                     how they are run has changed; nothing at all where nothing has. BUILD_ALL=true is --all
  build              build these images, tagged FLORIN_REGISTRY/florin-IMAGE:COMMIT
  sbom               list what each has of npm in it: build/release/sbom/IMAGE.cdx.json
  scan               have FLORIN_SCANNER (trivy) look for grave faults that have a remedy
  push               push them, and write down all digests: build/release/images.json
  record TARGET      note what runs in TARGET now: build/release/TARGET.previous.json, where a roll-back goes
  migrate TARGET     bring TARGET's databases and topics to the new schema, while the old services run
  deploy TARGET      run the images of build/release/images.json in TARGET
  smoke TARGET       use TARGET as a buyer would, through every service
  good               note that build/release/images.json is the last good release: build/release/good.json
  rollback TARGET    run again what was recorded, and see that it works
  packages --version V [--publish]
                     make the packages up as version V and list what is in them; with --publish, publish them

TARGET is staging or production; FLORIN_STAGING_DOCKER_HOST and FLORIN_STAGING_URL (and so on) say where it is, FLORIN_ENV_FILE
names the file with its settings, SMOKE_TIMEOUT_S (60) how long a step of the smoke test may take. REGISTRY_USR and REGISTRY_PSW sign in to the registry, NPM_TOKEN to FLORIN_NPM_REGISTRY.

Exit code 0: done; 1: it failed, or something was found; 2: wrong usage.`;

const root = process.cwd();

type Outcome = [value: unknown, text: string, code?: number];
type Values = Record<string, string | boolean | undefined>;

const steps: Record<string, (options: StepOptions, values: Values) => Promise<Outcome>> = {
  async migrations() {
    // The services' own code is needed for this step alone, and would make each of the others start slowly.
    const { checkMigrations } = await import('./check-migrations.ts');
    const findings = await checkMigrations();
    return [findings, findings.join('\n') || 'Every migration lets the release before go on.', findings.length === 0 ? 0 : 1];
  },
  async plan(_, values) {
    const plan = await planRelease({ root, isEverything: values['all'] === true || process.env['BUILD_ALL'] === 'true' });
    return [plan, [...plan.build, ...(plan.build.length === 0 && plan.isDeploymentChanged ? ['deployment'] : [])].join(' ')];
  },
  build: async (options) => listed(await buildImages(options), 'Nothing to build.'),
  sbom: async (options) => listed(await writeSboms(options), 'Nothing was built.'),
  scan: async (options) => listed(await scanImages(options), 'Nothing was built.'),
  push: async (options) => described(await pushImages(options)),
  good: async () => described(await noteGood(root)),
  async packages(options, values) {
    const version = values['version'];
    if (typeof version !== 'string') throw new UsageError('packages wants --version.');
    const published = await publishPackages({ ...options, version, isPublished: values['publish'] === true });
    return listed(published, 'There are no packages.');
  },
};

const targetSteps: Record<string, (options: DeployOptions, progress: (line: string) => void) => Promise<Outcome>> = {
  async record(options) {
    const running = await recordRunning(options);
    return running === null ? [null, `Nothing runs in ${options.target} yet.`] : described(running);
  },
  async migrate(options) {
    await migrateTarget(options);
    return [{ migrated: options.target }, `${options.target} is migrated.`];
  },
  deploy: async (options) => described(await deployRelease(options)),
  async smoke(options, onProgress) {
    await smokeTest({ urls: urlsOf(options), timeoutMs: smokeTimeoutMs(), onProgress });
    return [{ ok: true }, `${options.target} works.`];
  },
  rollback: async (options) => described(await rollBack(options, smokeTimeoutMs())),
};

await runCommandLine({
  help,
  flags: { all: { type: 'boolean' }, version: { type: 'string' }, publish: { type: 'boolean' } },
  mostPositionals: 2,
  async run({ values, positionals, isJson, answer, progress }) {
    const [name = '', target] = positionals;
    const onOutput = (text: string): void => void (isJson ? process.stderr : process.stdout).write(text);
    const options: StepOptions = { root, environment: process.env, onOutput };
    const targeted = Object.hasOwn(targetSteps, name) ? targetSteps[name] : undefined;
    if (targeted !== undefined) {
      if (target !== 'staging' && target !== 'production') throw new UsageError(`${name} wants a target: staging or production.`);
      const [value, text] = await targeted({ ...options, target }, progress);
      answer(value, text);
      return 0;
    }
    const step = Object.hasOwn(steps, name) ? steps[name] : undefined;
    if (step === undefined || target !== undefined)
      throw new UsageError(`There is no step ${JSON.stringify(positionals.join(' '))}.`);
    const [value, text, code = 0] = await step(options, values);
    answer(value, text);
    return code;
  },
});

function smokeTimeoutMs(): number {
  return wholeNumber('SMOKE_TIMEOUT_S', process.env['SMOKE_TIMEOUT_S'] || '60') * 1000;
}

function listed(lines: readonly string[], otherwise: string): Outcome {
  return [lines, lines.join('\n') || otherwise];
}

function described(release: Release): Outcome {
  return [
    release,
    Object.entries(release.images)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([server, image]) => `${server.padEnd(8)} ${image}`)
      .join('\n'),
  ];
}
